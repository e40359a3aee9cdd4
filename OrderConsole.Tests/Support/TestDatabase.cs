using Microsoft.Data.Sqlite;
using OrderConsole.Core.Data;

namespace OrderConsole.Tests.Support;

/// <summary>A fresh orders' database with its schema, gone at the end.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo? _folder;

    private TestDatabase(DatabaseProvider provider, string connectionString, DirectoryInfo? folder)
    {
        (Provider, ConnectionString, _folder) = (provider, connectionString, folder);
        Orders = new OrderDatabase(provider, connectionString, TimeProvider.System);
    }

    public DatabaseProvider Provider { get; }
    public string ConnectionString { get; }
    public OrderDatabase Orders { get; }

    /// <summary>The settings that point a console or an <see cref="Engine"/> to it.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Database:Provider"] = Provider.ToString(),
        ["ConnectionStrings:Orders"] = ConnectionString,
        ["Audit:Key"] = ShopOperations.AuditKey,
        ["Operations:SecondPersonAbove"] = "0",
        ["Operations:SecondPersonOnPaidOrders"] = "false",
    };

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider) =>
        provider == DatabaseProvider.Sqlite ? await SqliteAsync() : new TestDatabase(provider, await DatabaseTemplates.CopyPostgresAsync(), null);

    private static async Task<TestDatabase> SqliteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("orders-test-");
        var file = Path.Combine(folder.FullName, "orders.db");
        await DatabaseTemplates.CopySqliteAsync(file);
        return new TestDatabase(DatabaseProvider.Sqlite, $"Data Source={file}", folder);
    }

    public ValueTask DisposeAsync()
    {
        Orders.Dispose();
        if (_folder is not null)
        {
            SqliteConnection.ClearPool(new SqliteConnection(ConnectionString));
            _folder.Delete(recursive: true);
        }
        return ValueTask.CompletedTask;
    }
}
