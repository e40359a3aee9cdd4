using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;

namespace OrderConsole.Components.Reconciliation;

/// <summary>How a class of drift is spoken of.</summary>
internal static class DriftWords
{
    /// <summary>Of <c>Unit.{Unit}</c>: what its rows are.</summary>
    public static string UnitOf(DriftClass drift) => drift.IsOfLocks() ? "Locks" : drift == DriftClass.Lost ? "Orders" : "Entries";

    /// <summary>Of <c>Drift.At.{Moment}</c>: which moment of an entry counts.</summary>
    public static string MomentOf(QueueEntry entry) => entry switch
    {
        { DeadAt: not null } => "Dead",
        { LeaseUntil: not null } => "Claimed",
        { State: QueueState.Retrying } => "Retry",
        _ => "Due",
    };

    /// <summary>The action that mends this row alone; null where only all of its class can be mended, because its name cannot be given.</summary>
    public static string? ActionOf(DriftRow row) => OrderNumber.IsValid(row.Name) ? DriftRepairs.ActionOf(row.Class) : null;
}
