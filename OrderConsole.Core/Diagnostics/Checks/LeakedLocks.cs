using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Operations;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Locks that never end by themselves.</summary>
internal sealed class LeakedLocks(LockVerdicts verdicts) : DriftCheck(DriftClass.LeakedLock, "leaked_locks", Severity.Warning)
{
    public override string Name => "leaked_locks";

    // What the clean-up leaves alone, a person may unlock.
    protected override async Task<string> RepairAsync(DriftFinding found, CancellationToken cancel)
    {
        var around = await verdicts.AroundAsync(cancel);
        return found.Rows.Any(row => LockJudge.Judge(row.Lock!, row.Order, around).CanBeCleaned) ? CleanUpLocks.ActionName : UnlockOrders.ActionName;
    }
}
