using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Operations;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>A class of drift between queue, locks and database, as the one comparison of the run finds it.</summary>
internal abstract class DriftCheck(DriftClass drift, string code, Severity severity) : DiagnosisCheck
{
    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var report = await look.DriftAsync();
        var found = report[drift];
        Fact[] facts = [Fact.Count(code, found.Count)];
        IEnumerable<Finding> findings = found.Count == 0 ? [] : [Found(code, severity, [.. facts, .. FactsOf(found)]) with
        {
            Amount = found.Count, AreOrders = true, Examples = [.. found.Rows.Select(r => r.Name).Take(Finding.MostExamples)],
            Remedy = new(await RepairAsync(found, cancel), TargetSelection.All(drift)),
        }];
        return new([.. facts, .. FactsOf(report)], [.. findings, .. FindingsOf(report)]) { IsPartial = !report.IsWhole };
    }

    /// <summary>The name of the action that mends it.</summary>
    protected virtual Task<string> RepairAsync(DriftFinding found, CancellationToken cancel) => Task.FromResult(DriftRepairs.ActionOf(drift));

    /// <summary>More evidence of the finding.</summary>
    protected virtual IEnumerable<Fact> FactsOf(DriftFinding found) => [];

    /// <summary>More of what was measured.</summary>
    protected virtual IEnumerable<Fact> FactsOf(DriftReport report) => [];

    protected virtual IEnumerable<Finding> FindingsOf(DriftReport report) => [];
}
