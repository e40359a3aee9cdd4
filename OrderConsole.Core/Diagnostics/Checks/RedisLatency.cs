using OrderConsole.Core.Data;
using OrderConsole.Core.Redis;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Whether Redis answers, and how soon.</summary>
internal sealed class RedisLatency(TimeProvider time, RedisConnection? redis = null) : DiagnosisCheck
{
    private const int Pings = 5;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);

    public override string Name => "redis_latency";
    public override bool Applies => redis is not null;

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        try
        {
            var startedAt = time.GetTimestamp();
            for (var i = 0; i < Pings; i++) await redis!.ReadAsync("PING", cancel);
            var mean = time.GetElapsedTime(startedAt) / Pings;
            Fact[] facts = [Fact.Span("redis_latency", mean)];
            return mean <= Slow ? new(facts) : new(facts, Found("redis_slow", Severity.Warning, facts) with { Amount = mean.TotalMilliseconds });
        }
        catch (StoreUnavailableException away)
        {
            return new([], Found("redis_away", Severity.Critical, Fact.Words("reason", away.Message)));
        }
    }
}
