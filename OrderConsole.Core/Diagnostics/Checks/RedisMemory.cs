using OrderConsole.Core.Redis;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>How much of the memory that Redis may use is used.</summary>
internal sealed class RedisMemory(RedisConnection? redis = null) : DiagnosisCheck
{
    private const double High = 0.80, TooHigh = 0.95;

    public override string Name => "redis_memory";
    public override bool Applies => redis is not null;

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var info = await look.RedisAsync();
        var (used, limit) = (info.Number("used_memory"), info.Number("maxmemory") is > 0 and var max ? max : info.Number("total_system_memory"));
        var share = used / (double?)limit;
        Fact[] facts = [Fact.Percent("memory_share", share), Fact.Bytes("memory_used", used), Fact.Bytes("memory_limit", limit)];
        return share is null or <= High ? new(facts) : new(facts, Found("redis_memory_high", share > TooHigh ? Severity.Critical : Severity.Warning, facts) with { Amount = share });
    }
}
