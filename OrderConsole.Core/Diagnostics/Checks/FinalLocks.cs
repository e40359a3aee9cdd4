using OrderConsole.Core.Diagnostics.Drift;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Locks of ours on orders that are paid or cancelled, held on and on.</summary>
internal sealed class FinalLocks() : DriftCheck(DriftClass.FinalLock, "final_locks", Severity.Warning)
{
    public override string Name => "final_locks";
}
