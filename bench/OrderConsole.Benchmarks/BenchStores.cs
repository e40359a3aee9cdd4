using OrderConsole.Core.Data;
using OrderConsole.Core.Redis;
using OrderConsole.Tests.Support;

namespace OrderConsole.Benchmarks;

/// <summary>Fresh stores for one measurement, synced to disk as in production.</summary>
internal sealed class BenchStores : IAsyncDisposable
{
    private readonly PostgresServer? _postgres;
    private readonly DirectoryInfo? _folder;

    private BenchStores(string name, Dictionary<string, string?> settings, PostgresServer? postgres, RedisServer? redis, DirectoryInfo? folder) =>
        (Name, Settings, _postgres, Redis, _folder) = (name, settings, postgres, redis, folder);

    public string Name { get; }
    public Dictionary<string, string?> Settings { get; }
    public RedisServer? Redis { get; }
    public string OrdersConnection => Settings["ConnectionStrings:Orders"]!;

    public static Task<BenchStores> SqliteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("bench-");
        var settings = new Dictionary<string, string?> { ["ConnectionStrings:Orders"] = $"Data Source={Path.Combine(folder.FullName, "orders.db")}" };
        return Task.FromResult(new BenchStores("SQLite", settings, null, null, folder));
    }

    public static async Task<BenchStores> PostgresWithRedisAsync()
    {
        var (postgres, redis) = (await PostgresServer.StartAsync(durable: true), await RedisServer.StartAsync("--appendonly", "yes", "--appendfsync", "everysec"));
        return new BenchStores("PostgreSQL + Redis", new Dictionary<string, string?>
        {
            ["Database:Provider"] = nameof(DatabaseProvider.Postgres),
            ["ConnectionStrings:Orders"] = await postgres.CreateDatabaseAsync(),
            ["ConnectionStrings:Redis"] = redis.ConnectionString,
            ["Queue:Store"] = nameof(StoreKind.Redis),
            ["Locks:Store"] = nameof(StoreKind.Redis),
            ["Audit:Key"] = ShopOperations.AuditKey,
        }, postgres, redis, null);
    }

    public async Task<Engine> EngineAsync(params (string Key, string Value)[] more)
    {
        var engine = await Engine.CreateAsync(Settings.Concat(more.Select(m => KeyValuePair.Create(m.Key, (string?)m.Value))));
        if (Redis is not null) engine.Get<RedisConnection>().Start();
        return engine;
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
        if (Redis is not null) await Redis.DisposeAsync();
        _folder?.Delete(recursive: true);
    }
}
