using OrderConsole.Core.Redis;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Whether Redis is still the one of the report before: a restart or a failover may have lost the last moments.</summary>
internal sealed class RedisRun(RedisConnection? redis = null) : DiagnosisCheck
{
    private const string RunId = "redis_run";

    public override string Name => "redis_run";
    public override bool Applies => redis is not null;

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var info = await look.RedisAsync();
        var up = info.Number("uptime_in_seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        Fact[] facts = [Fact.Span("redis_up", up), Fact.Words(RunId, info["run_id"]), Fact.Words("redis_role", info["role"])];
        var before = look.Previous?.Checks.FirstOrDefault(c => c.Check == Name)?.Facts.FirstOrDefault(f => f.Name == RunId)?.Text;
        return before is null || before == info["run_id"] ? new(facts) : new(facts, Found("redis_restarted", Severity.Warning, facts));
    }
}
