using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OrderConsole.Core.Data;

/// <summary>Settings that SQLite keeps per connection.</summary>
internal sealed class SqlitePragmas(string synchronous) : DbConnectionInterceptor
{
    // busy_timeout waits for another process's write inside SQLite, where it is woken soon, instead of in the driver's
    // sleeps of 150 ms.
    private readonly string _pragmas = $"PRAGMA synchronous = {synchronous}; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;";

    /// <summary>An acknowledged order survives a power cut.</summary>
    public static SqlitePragmas Durable { get; } = new("FULL");

    /// <summary>Not synced at each commit: whole after a crash, and after a power cut as it was a moment before.</summary>
    public static SqlitePragmas Index { get; } = new("NORMAL");

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancel = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
