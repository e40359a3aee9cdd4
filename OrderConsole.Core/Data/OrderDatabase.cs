using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using OrderConsole.Core.Orders;

namespace OrderConsole.Core.Data;

/// <summary>
/// The way to the orders' database: contexts to read with, and <c>WriteAsync</c> for units of work that are
/// committed whole or not at all.
/// </summary>
public sealed class OrderDatabase : IDisposable
{
    private const int MaxAttempts = 4;
    // Between two round trips of one transaction there are milliseconds.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);
    // Any number will do, as long as no other program takes the same in this database.
    private const long MigrationLock = 0x4F72_6465_7243;

    private readonly IDbContextFactory<OrdersDb> _contexts;
    private readonly IDbContextFactory<OrdersDb> _indexContexts;
    private readonly SemaphoreSlim? _oneWriter;
    private readonly TimeProvider _time;

    public OrderDatabase(DatabaseProvider provider, string connectionString, TimeProvider time)
    {
        Provider = provider;
        ConnectionString = connectionString;
        _time = time;
        if (provider == DatabaseProvider.Sqlite)
        {
            _contexts = new Contexts<SqliteOrdersDb>(OptionsFor<SqliteOrdersDb>(o => o.UseSqlite(connectionString).AddInterceptors(SqlitePragmas.Durable)));
            _indexContexts = new Contexts<SqliteOrdersDb>(OptionsFor<SqliteOrdersDb>(o => o.UseSqlite(connectionString).AddInterceptors(SqlitePragmas.Index)));
            // SQLite has one writer at a time; waiting for it here is fair and quick, waiting in the driver is neither.
            _oneWriter = new SemaphoreSlim(1, 1);
        }
        else
        {
            _contexts = new Contexts<PostgresOrdersDb>(OptionsFor<PostgresOrdersDb>(o => o.UseNpgsql(WithoutFrozenOwners(connectionString))));
            _indexContexts = _contexts;
        }
    }

    public DatabaseProvider Provider { get; }
    public string ConnectionString { get; }
    public bool IsSqlite => Provider == DatabaseProvider.Sqlite;
    public string StoreName => IsSqlite ? "SQLite" : "PostgreSQL";

    /// <summary>A context to read with. The caller disposes it.</summary>
    public OrdersDb Read()
    {
        var db = _contexts.CreateDbContext();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    /// <summary>Reads; turns a database that cannot answer into <see cref="StoreUnavailableException"/>.</summary>
    public async Task<T> ReadAsync<T>(Func<OrdersDb, Task<T>> query)
    {
        try
        {
            await using var db = Read();
            return await query(db);
        }
        catch (Exception e) when (DatabaseFaults.Classify(e) is not DatabaseFault.OfTheWork)
        {
            throw DatabaseFaults.Unavailable(StoreName, e);
        }
    }

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction and commits it. A deadlock or a busy database runs the whole of it
    /// again with a fresh context, and so does a row that somebody else changed or added meanwhile (a concurrency token,
    /// a unique key): the second run sees it. So the work must read everything it decides by from its context.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The database cannot answer; nothing was written.</exception>
    /// <exception cref="StoreOutcomeUnknownException">The connection was lost at the commit; it may have been written.</exception>
    public Task<T> WriteAsync<T>(Func<OrdersDb, Task<T>> work, CancellationToken cancel) => WriteAsync(_contexts, work, cancel);

    /// <summary>
    /// The same for the queue and the locks, which are an index and may be lost: on SQLite their commits do not wait for
    /// the disk. A crash of the process loses nothing; a power cut may take the last moments back, and nothing of the orders with them.
    /// </summary>
    public Task<T> WriteIndexAsync<T>(Func<OrdersDb, Task<T>> work, CancellationToken cancel) => WriteAsync(_indexContexts, work, cancel);

    private async Task<T> WriteAsync<T>(IDbContextFactory<OrdersDb> contexts, Func<OrdersDb, Task<T>> work, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (_oneWriter is not null) await _oneWriter.WaitAsync(cancel);
            var committing = false;
            try
            {
                await using var db = contexts.CreateDbContext();
                // On SQLite this is BEGIN IMMEDIATE: a transaction that reads first and writes later would fail busy.
                await using var transaction = await db.Database.BeginTransactionAsync(cancel);
                var result = await work(db);
                committing = true;
                // A commit is not cancelled half-way: its outcome would be unknown.
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (Exception e) when (attempt < MaxAttempts && DatabaseFaults.IsOvertaken(e))
            {
                // again, from what stands there now
            }
            catch (Exception e) when (DatabaseFaults.Classify(e) is var fault && fault is not DatabaseFault.OfTheWork)
            {
                if (fault == DatabaseFault.RunAgain && attempt < MaxAttempts) continue;
                throw committing && fault == DatabaseFault.ConnectionLost
                    ? new StoreOutcomeUnknownException(StoreName, $"The connection to {StoreName} was lost at the commit.", e)
                    : DatabaseFaults.Unavailable(StoreName, e);
            }
            finally
            {
                _oneWriter?.Release();
            }
        }
    }

    /// <summary>
    /// An order's row within a unit of work, locked from the start: two writers of one order then wait for each other at
    /// the row, and nowhere else.
    /// </summary>
    public IQueryable<Order> LockedOrder(OrdersDb db, string orderNo) => IsSqlite
        ? db.Orders.Where(o => o.No == orderNo)
        : db.Orders.FromSql($"SELECT * FROM orders WHERE no = {orderNo} FOR UPDATE");

    /// <summary>The same for several orders, locked in ascending order: whoever locks many goes the same way round.</summary>
    public IQueryable<Order> LockedOrders(OrdersDb db, IReadOnlyList<long> orderIds) => IsSqlite
        ? db.Orders.Where(o => orderIds.Contains(o.Id))
        : db.Orders.FromSql($"SELECT * FROM orders WHERE id = ANY ({orderIds.ToArray()}) ORDER BY id FOR UPDATE");

    /// <summary>Brings the schema up to date. Safe when several consoles start at once.</summary>
    public async Task MigrateAsync(CancellationToken cancel)
    {
        if (IsSqlite && Path.GetDirectoryName(new SqliteConnectionStringBuilder(ConnectionString).DataSource) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        await using var db = _contexts.CreateDbContext();
        // EF Core's own lock on PostgreSQL ends with each migration's transaction; a second console would slip in between two.
        await db.Database.OpenConnectionAsync(cancel);
        if (!IsSqlite) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({MigrationLock})", cancel);
        await db.Database.MigrateAsync(cancel);
        if (!IsSqlite) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({MigrationLock})", cancel);
        if (IsSqlite) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 67108864;", cancel);
    }

    /// <summary>The database's own clock; on SQLite that is this machine's.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancel) => IsSqlite
        ? _time.GetUtcNow()
        : DateTimeOffset.FromUnixTimeMilliseconds(await ReadAsync(db => db.Database
            .SqlQueryRaw<long>("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS \"Value\"").SingleAsync(cancel)));

    /// <summary>Closes the connections that nobody uses.</summary>
    public void Dispose()
    {
        _oneWriter?.Dispose();
        if (IsSqlite) return;
        using var any = new NpgsqlConnection(WithoutFrozenOwners(ConnectionString));
        NpgsqlConnection.ClearPool(any);
    }

    /// <summary>A console that is frozen in the middle of a transaction would hold its rows for ever; the server ends the transaction instead.</summary>
    public static string WithoutFrozenOwners(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.Options = $"{settings.Options} -c idle_in_transaction_session_timeout={LongestSilence.TotalMilliseconds:0}".TrimStart();
        return settings.ConnectionString;
    }

    private static DbContextOptions<TDb> OptionsFor<TDb>(Func<DbContextOptionsBuilder<TDb>, DbContextOptionsBuilder> use) where TDb : DbContext
    {
        var builder = new DbContextOptionsBuilder<TDb>();
        use(builder);
        return builder.Options;
    }

    private sealed class Contexts<TDb>(DbContextOptions<TDb> options) : IDbContextFactory<OrdersDb> where TDb : OrdersDb
    {
        private readonly PooledDbContextFactory<TDb> _pool = new(options, poolSize: 64);
        public OrdersDb CreateDbContext() => _pool.CreateDbContext();
    }
}
