using Microsoft.Data.Sqlite;
using Npgsql;
using OrderConsole.Core.Data;
using OrderConsole.Tests.Support;

[assembly: AssemblyFixture(typeof(DatabaseTemplates))]

namespace OrderConsole.Tests.Support;

/// <summary>
/// An empty orders' database with its schema, made once for each kind of database; tests get copies. Migrating anew for each
/// of hundreds of tests would take minutes, and migrations have tests of their own.
/// </summary>
public sealed class DatabaseTemplates : IDisposable
{
    private static readonly Lazy<DirectoryInfo> Folder = new(() => Directory.CreateTempSubdirectory("orders-template-"));
    private static readonly Lazy<Task<string>> Sqlite = new(MigrateSqliteAsync);
    private static readonly Lazy<Task<string>> Postgres = new(MigratePostgresAsync);

    /// <summary>Puts a copy at this place, where no file may be yet.</summary>
    public static async Task CopySqliteAsync(string path) => File.Copy(await Sqlite.Value, path);

    /// <returns>The connection string of a copy on the shared server.</returns>
    public static async Task<string> CopyPostgresAsync() => await SharedPostgres.CreateDatabaseAsync(await Postgres.Value);

    public void Dispose()
    {
        if (Folder.IsValueCreated) Folder.Value.Delete(recursive: true);
    }

    private static async Task<string> MigrateSqliteAsync()
    {
        var file = Path.Combine(Folder.Value.FullName, "orders.db");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        using (var database = new OrderDatabase(DatabaseProvider.Sqlite, $"Data Source={file}", TimeProvider.System))
            await database.MigrateAsync(CancellationToken.None);
        // All of it into the one file that is copied.
        await connection.OpenAsync();
        await using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await checkpoint.ExecuteNonQueryAsync();
        SqliteConnection.ClearPool(new SqliteConnection($"Data Source={file}"));
        return file;
    }

    private static async Task<string> MigratePostgresAsync()
    {
        var empty = await SharedPostgres.CreateDatabaseAsync();
        // Gone again before the first copy: nothing may be connected to a database that is copied.
        using (var database = new OrderDatabase(DatabaseProvider.Postgres, empty, TimeProvider.System))
            await database.MigrateAsync(CancellationToken.None);
        return new NpgsqlConnectionStringBuilder(empty).Database!;
    }
}
