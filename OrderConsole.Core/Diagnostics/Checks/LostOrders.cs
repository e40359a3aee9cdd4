using OrderConsole.Core.Diagnostics.Drift;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Pending orders that the queue does not know: nobody would cancel them.</summary>
internal sealed class LostOrders() : DriftCheck(DriftClass.Lost, "lost_orders", Severity.Critical)
{
    public override string Name => "lost";

    protected override IEnumerable<Fact> FactsOf(DriftReport report) => [Fact.Count("compared_orders", report.Orders), Fact.Count("compared_entries", report.Entries)];

    // Said here once for all classes: an unfinished comparison finds less, never more.
    protected override IEnumerable<Finding> FindingsOf(DriftReport report) => report.IsWhole ? [] : [Found("compared_partly", Severity.Notice, [.. FactsOf(report)])];
}
