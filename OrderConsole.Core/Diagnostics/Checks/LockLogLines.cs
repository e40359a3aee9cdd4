using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>
/// Warnings about locks and leases in this console's own log, of the last hour, counted by kind. Another console's log is
/// seen by its own diagnoses: beside others each look is one in part.
/// </summary>
internal sealed class LockLogLines(LockWarnings log) : DiagnosisCheck
{
    public override string Name => "lock_log";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var kinds = log.Recent();
        var isPartial = (await look.ClusterAsync()).Nodes.Any(n => n.Name != Node.ThisProcess.Name);
        Fact[] facts = [Fact.Count("log_lines", kinds.Sum(k => k.Count)), Fact.Count("log_kinds", kinds.Count), Fact.Span("watched_for", log.WatchedFor)];
        return (kinds.Count == 0 ? new CheckResult(facts) : new CheckResult(facts, Found("lock_warnings", Severity.Warning, facts) with
        {
            Amount = kinds.Sum(k => k.Count),
            Examples = [.. kinds.SelectMany(k => k.Lines.Select(line => $"{k.Count}× {line}")).Take(Finding.MostExamples)],
        })) with { IsPartial = isPartial };
    }
}
