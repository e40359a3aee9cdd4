using OrderConsole.Core.Operations;

namespace OrderConsole.Core.Diagnostics.Drift;

/// <summary>What mends each class of drift: the name of an operator action, whose targets are the rows' names.</summary>
public static class DriftRepairs
{
    public static string ActionOf(DriftClass drift) => drift switch
    {
        DriftClass.Lost or DriftClass.WrongDueTime => ScheduleTimeouts.ActionName,
        DriftClass.Ghost or DriftClass.Malformed => RemoveEntries.ActionName,
        DriftClass.StuckClaim or DriftClass.DeadLetter => RequeueTimeouts.ActionName,
        DriftClass.LeakedLock or DriftClass.FinalLock => CleanUpLocks.ActionName,
        _ => throw new ArgumentOutOfRangeException(nameof(drift), drift, "no such class"),
    };

    /// <summary>
    /// Whether the recurring sweep mends it by itself. What failed or died again and again, and what another program wrote
    /// wrongly, is for a person to look at first.
    /// </summary>
    public static bool IsSwept(DriftClass drift) => drift is DriftClass.Lost or DriftClass.Ghost or DriftClass.WrongDueTime or DriftClass.LeakedLock or DriftClass.FinalLock;
}
