using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Operations;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Locks that never end by themselves.</summary>
internal sealed class LeakedLocks() : DriftCheck(DriftClass.LeakedLock, "leaked_locks", Severity.Warning)
{
    public override string Name => "leaked_locks";

    // The clean-up leaves alone what is no lock of a known kind and what a living console holds; a person may unlock it.
    protected override async Task<string> RepairAsync(DiagnosisLook look, DriftFinding found)
    {
        var alive = (await look.ClusterAsync()).Nodes.Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        return found.Rows.Any(row => row.Lock is { Token: not null } held && !(held.Owner is { } owner && alive.Contains(owner)))
            ? CleanUpLocks.ActionName
            : UnlockOrders.ActionName;
    }
}
