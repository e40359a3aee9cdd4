using OrderConsole.Tests.Support;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace OrderConsole.Tests.Support;

/// <summary>One PostgreSQL server for all tests that leave it whole; each test has a database of its own in it.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() => PostgresServer.StartAsync());

    /// <inheritdoc cref="PostgresServer.CreateDatabaseAsync"/>
    public static async Task<string> CreateDatabaseAsync(string? template = null) => await (await Server.Value).CreateDatabaseAsync(template);

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated) await (await Server.Value).DisposeAsync();
    }
}
