using OrderConsole.Core.Diagnostics.Drift;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Pending orders that nobody tries any more.</summary>
internal sealed class DeadLetters() : DriftCheck(DriftClass.DeadLetter, "dead_letters", Severity.Warning)
{
    public override string Name => "dead_letters";

    protected override IEnumerable<Fact> FactsOf(DriftFinding found)
    {
        var reason = found.Rows.GroupBy(r => r.Entry?.Reason, StringComparer.Ordinal).MaxBy(g => g.Count());
        return [Fact.Words("main_reason", reason?.Key), Fact.Words("last_error", found.Rows.FirstOrDefault(r => r.Entry?.Detail is not null)?.Entry?.Detail)];
    }
}
