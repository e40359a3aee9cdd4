namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>How many tries for a lock are wasted for each order that is cancelled.</summary>
internal sealed class LockContention : DiagnosisCheck
{
    private const long Few = 50;
    private const double High = 0.5;

    public override string Name => "contention";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var cluster = await look.ClusterAsync();
        var wasted = cluster.LocksLost / (double)Math.Max(1, cluster.Cancelled);
        Fact[] facts = [Fact.Ratio("wasted_per_order", wasted), Fact.Count("locks_lost", cluster.LocksLost), Fact.Count("lock_attempts", cluster.LockAttempts)];
        return cluster.LocksLost < Few || wasted <= High ? new(facts) : new(facts, Found("contention_high", Severity.Warning, facts) with { Amount = wasted });
    }
}
