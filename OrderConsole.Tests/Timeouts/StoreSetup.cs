using OrderConsole.Core.Data;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Timeouts;

/// <summary>The stores that a console can be put together from.</summary>
public enum StoreSet { Sqlite, Postgres, PostgresWithRedis }

/// <summary>Fresh stores for one test, and the settings that point consoles to them; quick ones, so that a test sees ends and retries.</summary>
public sealed class StoreSetup : IAsyncDisposable
{
    private StoreSetup(TestDatabase database, RedisServer? redis) => (Database, RedisOrNull) = (database, redis);

    public TestDatabase Database { get; }
    public RedisServer? RedisOrNull { get; }
    public RedisServer Redis => RedisOrNull ?? throw new InvalidOperationException("No Redis in this set.");

    /// <param name="forgetful">Redis comes back empty after a restart.</param>
    public static async Task<StoreSetup> CreateAsync(StoreSet set, bool forgetful = false) => new(
        await TestDatabase.CreateAsync(set == StoreSet.Sqlite ? DatabaseProvider.Sqlite : DatabaseProvider.Postgres),
        set == StoreSet.PostgresWithRedis ? await RedisServer.StartAsync("--appendonly", forgetful ? "no" : "yes") : null);

    public Dictionary<string, string?> Settings(params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>(Database.Settings)
        {
            ["Timeouts:Lease"] = "00:00:03",
            ["Timeouts:RecoverInterval"] = "00:00:01",
            ["Timeouts:ReconcileInterval"] = "00:00:05",
            ["Timeouts:RetryDelay"] = "00:00:00.100",
            ["Timeouts:LockHeldDelay"] = "00:00:00.500",
        };
        if (RedisOrNull is not null)
        {
            settings["ConnectionStrings:Redis"] = RedisOrNull.ConnectionString;
            settings["Queue:Store"] = settings["Locks:Store"] = "Redis";
        }
        foreach (var (key, value) in more) settings[key] = value;
        return settings;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (RedisOrNull is not null) await RedisOrNull.DisposeAsync();
    }
}
