using OrderConsole.Core.Diagnostics.Drift;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Entries of orders that are final, or that nobody knows.</summary>
internal sealed class GhostEntries() : DriftCheck(DriftClass.Ghost, "ghost_entries", Severity.Warning)
{
    public override string Name => "ghosts";
}
