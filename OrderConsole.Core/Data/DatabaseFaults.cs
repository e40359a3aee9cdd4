using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace OrderConsole.Core.Data;

internal enum DatabaseFault
{
    /// <summary>The work itself is wrong (a constraint, a bad value): trying the same again gives the same.</summary>
    OfTheWork,
    /// <summary>It ran into somebody else; the whole unit of work may be run again at once.</summary>
    RunAgain,
    /// <summary>The database cannot do it now: full, read-only, starting, out of connections.</summary>
    Unavailable,
    /// <summary>The connection broke, so the outcome of what was under way is not known.</summary>
    ConnectionLost,
}

/// <summary>Tells a fault of the work from a fault of the database.</summary>
internal static class DatabaseFaults
{
    // https://www.sqlite.org/rescode.html
    private const int SqliteError = 1, SqliteBusy = 5, SqliteLocked = 6, SqliteReadOnly = 8, SqliteIoError = 10, SqliteCorrupt = 11, SqliteFull = 13, SqliteCantOpen = 14;

    private const string IdleInTransactionTimeout = "25P03";

    public static DatabaseFault Classify(Exception? e) => e switch
    {
        null => DatabaseFault.OfTheWork,
        SqliteException sqlite => sqlite.SqliteErrorCode switch
        {
            SqliteBusy or SqliteLocked => DatabaseFault.RunAgain,
            // A console of a newer version is about to bring the schema up to date.
            SqliteError when sqlite.Message.Contains("no such table", StringComparison.Ordinal) || sqlite.Message.Contains("no column", StringComparison.Ordinal)
                || sqlite.Message.Contains("no such column", StringComparison.Ordinal) => DatabaseFault.Unavailable,
            SqliteReadOnly or SqliteIoError or SqliteCorrupt or SqliteFull or SqliteCantOpen => DatabaseFault.Unavailable,
            _ => DatabaseFault.OfTheWork,
        },
        // https://www.postgresql.org/docs/current/errcodes-appendix.html
        PostgresException postgres => postgres.SqlState switch
        {
            PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => DatabaseFault.RunAgain,
            // The server ended the session (shutdown, crash of another backend): a commit may have gone through.
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or IdleInTransactionTimeout => DatabaseFault.ConnectionLost,
            PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => DatabaseFault.Unavailable,
            // Somebody is still to make the database.
            PostgresErrorCodes.InvalidCatalogName => DatabaseFault.Unavailable,
            PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.LockNotAvailable => DatabaseFault.Unavailable,
            // 53: insufficient resources, 57: operator intervention, 58: system error
            ['5', '3' or '7' or '8', ..] => DatabaseFault.Unavailable,
            ['0', '8', ..] => DatabaseFault.ConnectionLost,
            _ => DatabaseFault.OfTheWork,
        },
        NpgsqlException or SocketException or IOException or TimeoutException => DatabaseFault.ConnectionLost,
        // The driver's pool gives up waiting for a connection in this way.
        InvalidOperationException { InnerException: { } inner } => Classify(inner),
        _ => Classify(e.InnerException),
    };

    /// <summary>Somebody else changed or added the row first.</summary>
    public static bool IsOvertaken(Exception e) => e is DbUpdateConcurrencyException || IsUniqueViolation(e);

    private static bool IsUniqueViolation(Exception? e) => e switch
    {
        null => false,
        SqliteException { SqliteExtendedErrorCode: 1555 or 2067 } => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        _ => IsUniqueViolation(e.InnerException),
    };

    public static StoreUnavailableException Unavailable(string store, Exception e) =>
        e as StoreUnavailableException ?? new StoreUnavailableException(store, $"{store} can not answer: {Root(e).Message}", e);

    private static Exception Root(Exception e) => e.InnerException is { } inner ? Root(inner) : e;
}
