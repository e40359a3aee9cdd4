using System.Globalization;
using StackExchange.Redis;

namespace OrderConsole.Core.Redis;

/// <summary>The life of one multiplexer, from connecting to being thrown away.</summary>
internal sealed class RedisSession
{
    private readonly ConnectionMultiplexer _multiplexer;

    private RedisSession(ConnectionMultiplexer multiplexer) =>
        (_multiplexer, Database) = (multiplexer, multiplexer.GetDatabase());

    public IDatabase Database { get; }

    public static async Task<RedisSession> ConnectAsync(ConfigurationOptions configuration) =>
        new(await ConnectionMultiplexer.ConnectAsync(configuration));

    /// <returns>Redis' clock in microseconds since 1970.</returns>
    public async Task<long> TimeAsync()
    {
        var parts = (string[])(await Database.ExecuteAsync("TIME"))!;
        return long.Parse(parts[0], CultureInfo.InvariantCulture) * 1_000_000 + long.Parse(parts[1], CultureInfo.InvariantCulture);
    }

    public async Task<(string? RunId, string? Role)> IdentityAsync()
    {
        var server = InfoAsync("server");
        var replication = InfoAsync("replication");
        return (Field(await server, "run_id"), Field(await replication, "role"));
    }

    public async Task<RedisServerFacts> FactsAsync()
    {
        var (runId, role) = await IdentityAsync();
        var memory = await InfoAsync("memory");
        var persistence = await InfoAsync("persistence");
        var saves = await SavePointsAsync();
        bool? persistent = Field(persistence, "aof_enabled") == "1" ? true : saves is null ? null : saves.Length > 0;
        return new(runId, role, Field(memory, "maxmemory_policy"), persistent);
    }

    /// <summary>Closing waits for nothing and may still take long when the peer is dead, so nobody waits for it.</summary>
    public void Abandon() => _ = Task.Run(async () =>
    {
        try
        {
            await _multiplexer.CloseAsync(allowCommandsToComplete: false);
            _multiplexer.Dispose();
        }
        catch (Exception)
        {
            // It was broken; that is why it is thrown away.
        }
    });

    private async Task<string?> SavePointsAsync()
    {
        try
        {
            var pair = (string[])(await Database.ExecuteAsync("CONFIG", "GET", "save"))!;
            return pair.Length == 2 ? pair[1] : null;
        }
        catch (RedisServerException)
        {
            return null; // managed servers forbid CONFIG
        }
    }

    private async Task<string?> InfoAsync(string section)
    {
        try
        {
            return (string?)await Database.ExecuteAsync("INFO", section);
        }
        catch (RedisServerException)
        {
            return null;
        }
    }

    private static string? Field(string? info, string name)
    {
        foreach (var line in (info ?? "").AsSpan().EnumerateLines())
            if (line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] == ':')
                return line[(name.Length + 1)..].ToString();
        return null;
    }
}
