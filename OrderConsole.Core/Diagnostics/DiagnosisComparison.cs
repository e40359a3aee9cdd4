namespace OrderConsole.Core.Diagnostics;

/// <summary>Sets findings against those of the report before.</summary>
internal static class DiagnosisComparison
{
    // Counts that go up and down by a few are the same trouble.
    private const double Worse = 1.1, Better = 0.9;

    /// <returns>The findings with their change, the worst first; of the same severity what is new or worse first.</returns>
    public static IReadOnlyList<Finding> Compared(IEnumerable<Finding> found, DiagnosisReport? before)
    {
        var known = (before?.Findings ?? []).GroupBy(f => f.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        return [.. found.Select(f => f with { Change = known.TryGetValue(f.Key, out var last) ? ChangeOf(last, f) : FindingChange.New })
            .OrderByDescending(f => f.Severity).ThenBy(f => f.Change switch { FindingChange.New => 0, FindingChange.Worse => 1, _ => 2 })];
    }

    /// <summary>What the report before had and this one has not. What could not be looked at now is not gone.</summary>
    public static IReadOnlyList<GoneFinding> Gone(IReadOnlyList<Finding> found, DiagnosisReport? before)
    {
        var there = found.Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        var unseen = found.Where(f => f.Code is DiagnosisRunner.CouldNotLook or DiagnosisRunner.TookTooLong).Select(f => f.Check).ToHashSet(StringComparer.Ordinal);
        return [.. (before?.Findings ?? []).Where(f => !there.Contains(f.Key) && !unseen.Contains(f.Check))
            .Select(f => new GoneFinding(f.Check, f.Code, f.Subject, f.Severity, f.Facts))];
    }

    private static FindingChange ChangeOf(Finding before, Finding now) =>
        now.Severity != before.Severity ? now.Severity > before.Severity ? FindingChange.Worse : FindingChange.Better
        : now.Amount > before.Amount * Worse ? FindingChange.Worse
        : now.Amount < before.Amount * Better ? FindingChange.Better
        : FindingChange.Same;
}
