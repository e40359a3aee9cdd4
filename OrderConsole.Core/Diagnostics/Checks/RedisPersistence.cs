using OrderConsole.Core.Redis;
using StackExchange.Redis;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Whether Redis keeps what it has over a restart, and whether its last writing to disk worked.</summary>
internal sealed class RedisPersistence(RedisConnection? redis = null) : DiagnosisCheck
{
    public override string Name => "redis_persistence";
    public override bool Applies => redis is not null;

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var info = await look.RedisAsync();
        var (aof, saves) = (info["aof_enabled"] == "1", await SavePointsAsync(cancel));
        Fact[] facts = [Fact.Words("append_only_file", info["aof_enabled"] switch { "1" => "on", "0" => "off", _ => null }), Fact.Words("snapshots", saves switch { null => null, "" => "off", _ => saves })];
        if (info["aof_last_write_status"] == "err" || info["rdb_last_bgsave_status"] == "err") return new(facts, Found("redis_not_written", Severity.Critical, facts));
        return aof || saves is not "" ? new(facts) : new(facts, Found("redis_forgets", Severity.Warning, facts));
    }

    /// <returns>Null where the server does not tell.</returns>
    private async Task<string?> SavePointsAsync(CancellationToken cancel)
    {
        try
        {
            return (string[])(await redis!.ReadAsync("CONFIG", cancel, "GET", "save"))! is [_, var points] ? points : null;
        }
        catch (Exception e) when (e is RedisServerException or { InnerException: RedisServerException })
        {
            return null; // managed servers forbid CONFIG
        }
    }
}
