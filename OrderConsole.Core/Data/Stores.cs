using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Locks;

namespace OrderConsole.Core.Data;

public enum StoreKind { Database, Redis }

/// <summary>Section <c>Queue</c>: where it lives.</summary>
public sealed class StoreOptions
{
    /// <summary><c>Database</c> (default, nothing to install) or <c>Redis</c>.</summary>
    public StoreKind Store { get; set; }
}

/// <summary>Which stores this console works on, and how to reach them.</summary>
public sealed record Stores(DatabaseProvider Provider, string OrdersConnection, StoreKind Queue, StoreKind Locks, string RedisConnection)
{
    public bool UseRedis => Queue == StoreKind.Redis || Locks == StoreKind.Redis;

    /// <exception cref="OptionsValidationException">A setting is missing, unknown or wrong; the message names it.</exception>
    public static Stores Read(IConfiguration configuration)
    {
        var (database, queue, locks) = (new DatabaseOptions(), new StoreOptions(), new LockOptions());
        SettingsSection.Bind(configuration, "Database", database);
        SettingsSection.Bind(configuration, "Queue", queue);
        SettingsSection.Bind(configuration, "Locks", locks);
        SettingsSection.Bind(configuration, "ConnectionStrings", new ConnectionStrings());
        SettingsSection.Bind(configuration, Redis.RedisOptions.Section, new Redis.RedisOptions());
        var redis = configuration.GetConnectionString("Redis") ?? "";
        var stores = new Stores(database.Provider, OrdersConnectionOf(configuration, database.Provider), queue.Store, locks.Store, redis);
        if (stores.UseRedis && redis.Length == 0)
            throw SettingsSection.Wrong<Stores>("ConnectionStrings", "Queue:Store or Locks:Store is Redis, but ConnectionStrings:Redis is empty; for example \"127.0.0.1:6379\".");
        return stores;
    }

    private static string OrdersConnectionOf(IConfiguration configuration, DatabaseProvider provider)
    {
        var text = configuration.GetConnectionString("Orders") ?? "";
        if (provider == DatabaseProvider.Postgres)
            return text.Length > 0 ? text : throw SettingsSection.Wrong<Stores>("ConnectionStrings", "Database:Provider is Postgres, but ConnectionStrings:Orders is empty.");
        var sqlite = new SqliteConnectionStringBuilder(text.Length > 0 ? text : "Data Source=data/orders.db");
        sqlite.DataSource = Path.GetFullPath(sqlite.DataSource);
        // How long the driver itself goes on asking while another process writes, on top of SQLite's own wait.
        sqlite.DefaultTimeout = 5;
        return sqlite.ToString();
    }

    private sealed class ConnectionStrings
    {
        public string Orders { get; set; } = "";
        public string Redis { get; set; } = "";
    }
}
