using OrderConsole.Core.Diagnostics.Drift;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Entries whose name no order can have: another program writes nonsense.</summary>
internal sealed class MalformedEntries() : DriftCheck(DriftClass.Malformed, "malformed_entries", Severity.Warning)
{
    public override string Name => "malformed";
}
