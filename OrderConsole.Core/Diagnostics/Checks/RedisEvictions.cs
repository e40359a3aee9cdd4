using OrderConsole.Core.Redis;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Whether Redis has thrown keys away since it started.</summary>
internal sealed class RedisEvictions(RedisConnection? redis = null) : DiagnosisCheck
{
    public override string Name => "redis_evictions";
    public override bool Applies => redis is not null;

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var evicted = (await look.RedisAsync()).Number("evicted_keys");
        Fact[] facts = [Fact.Count("evicted_keys", evicted)];
        return evicted is null or 0 ? new(facts) : new(facts, Found("redis_evicted", Severity.Critical, facts) with { Amount = evicted });
    }
}
