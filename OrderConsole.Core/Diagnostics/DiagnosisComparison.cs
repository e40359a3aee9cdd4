namespace OrderConsole.Core.Diagnostics;

/// <summary>Sets findings against those of the report before.</summary>
internal static class DiagnosisComparison
{
    // Counts that go up and down by a few are the same trouble.
    private const double Worse = 1.1, Better = 0.9;

    /// <param name="partial">The checks that did not see everything this time: fewer of a finding is no better then.</param>
    /// <returns>The findings with their change, the worst first; of the same severity what is new or worse first.</returns>
    public static IReadOnlyList<Finding> Compared(IEnumerable<Finding> found, DiagnosisReport? before, IReadOnlySet<string> partial)
    {
        var known = (before?.Findings ?? []).GroupBy(f => f.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        return [.. found.Select(f => f with { Change = known.TryGetValue(f.Key, out var last) ? ChangeOf(last, f, partial.Contains(f.Check)) : FindingChange.New })
            .OrderByDescending(f => f.Severity).ThenBy(f => f.Change switch { FindingChange.New => 0, FindingChange.Worse => 1, _ => 2 })];
    }

    /// <summary>What the report before had and this one has not. What was not wholly looked at now is not gone.</summary>
    public static IReadOnlyList<GoneFinding> Gone(IReadOnlyList<Finding> found, DiagnosisReport? before, IReadOnlySet<string> partial)
    {
        var there = found.Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        return [.. (before?.Findings ?? []).Where(f => !there.Contains(f.Key) && !partial.Contains(f.Check))
            .Select(f => new GoneFinding(f.Check, f.Code, f.Subject, f.Severity, f.Facts))];
    }

    private static FindingChange ChangeOf(Finding before, Finding now, bool isPartial) => Plainly(before, now) is var change && isPartial && change == FindingChange.Better
        ? FindingChange.Same
        : change;

    private static FindingChange Plainly(Finding before, Finding now) =>
        now.Severity != before.Severity ? now.Severity > before.Severity ? FindingChange.Worse : FindingChange.Better
        : now.Amount > before.Amount * Worse ? FindingChange.Worse
        : now.Amount < before.Amount * Better ? FindingChange.Better
        : FindingChange.Same;
}
