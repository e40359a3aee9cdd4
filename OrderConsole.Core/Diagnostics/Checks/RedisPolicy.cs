using OrderConsole.Core.Redis;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Whether Redis may throw entries away when its memory is full.</summary>
internal sealed class RedisPolicy(RedisConnection? redis = null) : DiagnosisCheck
{
    public override string Name => "redis_policy";
    public override bool Applies => redis is not null;

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var policy = (await look.RedisAsync())["maxmemory_policy"];
        Fact[] facts = [Fact.Words("eviction_policy", policy)];
        return policy is null or "noeviction" ? new(facts) : new(facts, Found("redis_may_evict", Severity.Warning, facts));
    }
}
