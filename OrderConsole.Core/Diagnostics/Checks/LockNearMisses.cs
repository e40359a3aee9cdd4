using OrderConsole.Core.Locks;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Commits of today that came close to the end of their lock's lease, and those that came too late.</summary>
internal sealed class LockNearMisses(LockNumbers numbers, TimeProvider time) : DiagnosisCheck
{
    private const double Many = 0.01;

    public override string Name => "near_misses";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var today = await numbers.ReadAsync(time.GetUtcNow(), cancel);
        Fact[] facts =
        [
            Fact.Count("near_misses", today.Total.NearMisses), Fact.Percent("near_miss_share", today.NearMissShare),
            Fact.Percent("least_left", today.NearMisses.Count == 0 ? null : today.NearMisses[0].Share), Fact.Count("late_refused", today.Total.LateRefused),
        ];
        return new(facts, [.. FindingsOf(today, facts)]);
    }

    private IEnumerable<Finding> FindingsOf(LockReport today, Fact[] facts)
    {
        if (today.Total.NearMisses > 1 && today.NearMissShare > Many)
            yield return Found("near_misses", Severity.Warning, facts[0], facts[1], facts[2]) with
            {
                Amount = today.NearMissShare, AreOrders = true, Examples = [.. today.NearMisses.Select(m => m.OrderNo).Take(Finding.MostExamples)],
            };
        if (today.Total.LateRefused > 0) yield return Found("late_commits", Severity.Warning, facts[3]) with { Amount = today.Total.LateRefused };
    }
}
