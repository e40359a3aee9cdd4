using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace OrderConsole.Core.Data;

/// <summary>Reads that are made every second: an embedded file's SQL in one round trip, without the cost of building a query.</summary>
internal static class PlainReads
{
    /// <summary>Runs the file; <c>@now</c> is there for SQLite, whose files' <c>{now}</c> is that parameter.</summary>
    public static Task<T> ReadRowsAsync<T>(
        this OrderDatabase database, string file, Func<DbDataReader, Task<T>> read, CancellationToken cancel, params (string Name, object? Value)[] parameters) =>
        database.ReadAsync(async db =>
        {
            await db.Database.OpenConnectionAsync(cancel);
            await using var command = db.Command(SqlFile.Text(file, database.Provider), [.. parameters, ("now", await NowAsync(database, cancel))]);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            return await read(reader);
        });

    // PostgreSQL's files read its own clock and leave the parameter alone.
    private static async Task<object> NowAsync(OrderDatabase database, CancellationToken cancel) =>
        database.IsSqlite ? (await database.NowAsync(cancel)).ToUnixTimeMilliseconds() : 0L;
}
