using OrderConsole.Core.Diagnostics.Drift;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Locks that never end by themselves.</summary>
internal sealed class LeakedLocks() : DriftCheck(DriftClass.LeakedLock, "leaked_locks", Severity.Warning)
{
    public override string Name => "leaked_locks";
}
