using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Whether the database's write-ahead log grows: a reader that never ends, or a replica that is gone, holds it.</summary>
internal sealed class WriteAheadLog(OrderDatabase database) : DiagnosisCheck
{
    private const long Megabyte = 1024 * 1024;
    private const long SqliteLimit = 256 * Megabyte;

    public override string Name => "write_ahead_log";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var (size, limit) = database.IsSqlite ? (SqliteSize(), SqliteLimit) : await PostgresSizeAsync(cancel);
        Fact[] facts = [Fact.Bytes("log_size", size), Fact.Bytes("log_limit", limit)];
        return size is null || size <= limit ? new(facts) : new(facts, Found("log_large", Severity.Warning, facts) with { Amount = size });
    }

    private long SqliteSize() => new FileInfo(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource + "-wal") is { Exists: true } file ? file.Length : 0;

    /// <returns>The size is null where we may not know it; the limit is thrice what the server aims at.</returns>
    private async Task<(long? Size, long Limit)> PostgresSizeAsync(CancellationToken cancel)
    {
        var limit = 3 * Megabyte * await database.ReadAsync(db => db.Database.SqlQueryRaw<long>("SELECT setting::bigint AS \"Value\" FROM pg_settings WHERE name = 'max_wal_size'").SingleAsync(cancel));
        try
        {
            return (await database.ReadAsync(db => db.Database.SqlQueryRaw<long>("SELECT coalesce(sum(size), 0)::bigint AS \"Value\" FROM pg_ls_waldir()").SingleAsync(cancel)), limit);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return (null, limit);
        }
    }
}
