namespace OrderConsole.Core.Diagnostics.Drift;

/// <summary>A way in which the queue or the locks differ from the database, which is right.</summary>
public enum DriftClass
{
    /// <summary>A pending order that the queue does not know: nobody would cancel it.</summary>
    Lost,
    /// <summary>An entry or a dead letter of an order that is paid or cancelled, or of a number that no order has.</summary>
    Ghost,
    /// <summary>An entry that waits for another moment than its order's deadline.</summary>
    WrongDueTime,
    /// <summary>A claim whose lease is long over and that nobody has taken back.</summary>
    StuckClaim,
    /// <summary>A dead letter whose order is pending: nobody tries it any more.</summary>
    DeadLetter,
    /// <summary>An entry whose name no order can have.</summary>
    Malformed,
    /// <summary>A lock that never ends by itself.</summary>
    LeakedLock,
    /// <summary>A lock of ours on an order that is paid or cancelled, held on and on.</summary>
    FinalLock,
}

/// <summary>What the classes have in common.</summary>
public static class DriftClasses
{
    public static IReadOnlyList<DriftClass> All { get; } = Enum.GetValues<DriftClass>();

    /// <summary>Whether it is about locks; the others are about the queue.</summary>
    public static bool IsOfLocks(this DriftClass drift) => drift is DriftClass.LeakedLock or DriftClass.FinalLock;
}
