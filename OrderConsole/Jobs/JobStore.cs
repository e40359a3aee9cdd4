using Microsoft.Data.Sqlite;
using OrderConsole.Core.Data;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>
/// Where jobs and their history are kept: PostgreSQL beside the orders, where consoles share the work; on SQLite a file of
/// its own beside the orders' file, so that neither waits for the other's writes.
/// </summary>
internal sealed class JobStore
{
    // A dead console is noticed and its jobs are taken over within the sum of these and a moment.
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(4);

    private readonly Stores _stores;

    public JobStore(Stores stores) => _stores = stores;

    public string Name => IsShared ? "PostgreSQL" : "SQLite";
    /// <summary>Whether several consoles run jobs from it at once; otherwise one of them does, and another when that one ends.</summary>
    public bool IsShared => _stores.Provider == DatabaseProvider.Postgres;

    /// <summary>The SQLite file: <c>data/orders.quartz.db</c> for <c>data/orders.db</c>.</summary>
    public string File => FileFor(new SqliteConnectionStringBuilder(_stores.OrdersConnection).DataSource);

    public static string FileFor(string ordersFile) => Path.ChangeExtension(ordersFile, ".quartz.db");

    public void Use(IPersistentStoreBuilder store)
    {
        if (IsShared)
        {
            store.UsePostgres(Npgsql.NpgsqlFactory.Instance, OrderDatabase.WithoutFrozenOwners(_stores.OrdersConnection));
            store.UseClustering(c => (c.CheckinInterval, c.CheckinMisfireThreshold) = (CheckIn, Overdue));
        }
        else store.UseSqlite(SqliteFactory.Instance, $"Data Source={File}");
        store.ProvisionSchema();
        store.UseExecutionHistory();
    }

    /// <summary>
    /// Fails while the store is away: Quartz can be built once only, and must find it there. A SQLite file gets its
    /// write-ahead log, which one that Quartz makes would lack.
    /// </summary>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        if (IsShared)
        {
            await using var probe = new Npgsql.NpgsqlConnection(_stores.OrdersConnection);
            await probe.OpenAsync(cancel);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await using var connection = new SqliteConnection($"Data Source={File}");
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 16777216;";
        await command.ExecuteNonQueryAsync(cancel);
    }
}
