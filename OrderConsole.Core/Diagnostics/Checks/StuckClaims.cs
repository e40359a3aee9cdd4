using OrderConsole.Core.Diagnostics.Drift;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Claims whose lease is over and that nobody has taken back.</summary>
internal sealed class StuckClaims() : DriftCheck(DriftClass.StuckClaim, "stuck_claims", Severity.Warning)
{
    public override string Name => "claims";
}
