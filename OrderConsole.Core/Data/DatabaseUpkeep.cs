using Microsoft.EntityFrameworkCore;

namespace OrderConsole.Core.Data;

/// <summary>What an upkeep found and did.</summary>
/// <param name="WalPages">Pages of SQLite's write-ahead log before it was written back; null on PostgreSQL.</param>
/// <param name="IsWhole">False when readers kept a part of the log from being written back; the next run gets it.</param>
public sealed record UpkeepResult(long? WalPages, bool IsWhole);

/// <summary>Keeps the orders' database quick: statistics for its planner, and on SQLite a write-ahead log that does not grow.</summary>
public sealed class DatabaseUpkeep(OrderDatabase database)
{
    // Rows that SQLite looks at in each index; reading all of them would hold its one writer up for long.
    private const int RowsLookedAt = 1_000;

    /// <param name="logIsNext">Called when the statistics are fresh and a log is about to be written back.</param>
    public async Task<UpkeepResult> RunAsync(CancellationToken cancel, Action? logIsNext = null)
    {
        var sql = database.IsSqlite ? FormattableString.Invariant($"PRAGMA analysis_limit = {RowsLookedAt}; ANALYZE;") : "ANALYZE";
        await database.WriteIndexAsync(db => db.Database.ExecuteSqlRawAsync(sql, cancel), cancel);
        if (!database.IsSqlite) return new(null, true);
        logIsNext?.Invoke();
        return await CheckpointAsync(cancel);
    }

    private Task<UpkeepResult> CheckpointAsync(CancellationToken cancel) => database.ReadAsync(async db =>
    {
        await db.Database.OpenConnectionAsync(cancel);
        // It waits a moment for readers, and not as long as a write would: writers wait behind it.
        await using var command = db.Command("PRAGMA busy_timeout = 250; PRAGMA wal_checkpoint(TRUNCATE);");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (reader.FieldCount == 1) await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return new UpkeepResult(reader.GetInt64(1), reader.GetInt64(0) == 0);
    });
}
