using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OrderConsole.Core.Data;

/// <summary>Settings that SQLite keeps per connection.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // FULL: an acknowledged order survives a power cut. busy_timeout waits for another process's write inside SQLite,
    // where it is woken soon, instead of in the driver's sleeps of 150 ms.
    private const string Pragmas = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;";

    public static SqlitePragmas Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancel = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
