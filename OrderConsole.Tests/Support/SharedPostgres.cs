using OrderConsole.Tests.Support;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace OrderConsole.Tests.Support;

/// <summary>One PostgreSQL for all tests that leave it whole, started by the first that asks; each takes a database of its own.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<PostgresServer>? _starting;

    /// <summary>The server; skips the test where PostgreSQL is not installed.</summary>
    public Task<PostgresServer> ServerAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed.");
        lock (_gate) return _starting ??= PostgresServer.StartAsync();
    }

    public async Task<string> CreateDatabaseAsync() => await (await ServerAsync()).CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        Task<PostgresServer>? starting;
        lock (_gate) starting = _starting;
        if (starting is not null) await (await starting).DisposeAsync();
    }
}
