namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Warnings about locks and leases in this console's own log, of the last hour, counted by kind.</summary>
internal sealed class LockLogLines(LockWarnings log) : DiagnosisCheck
{
    public override string Name => "lock_log";

    public override Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var kinds = log.Recent();
        Fact[] facts = [Fact.Count("log_lines", kinds.Sum(k => k.Count)), Fact.Count("log_kinds", kinds.Count), Fact.Span("watched_for", log.WatchedFor)];
        return Task.FromResult<CheckResult>(kinds.Count == 0 ? new(facts) : new(facts, Found("lock_warnings", Severity.Warning, facts) with
        {
            Amount = kinds.Sum(k => k.Count),
            Examples = [.. kinds.SelectMany(k => k.Lines.Select(line => $"{k.Count}× {line}")).Take(Finding.MostExamples)],
        }));
    }
}
