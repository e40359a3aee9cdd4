namespace OrderConsole.Tests.Support;

/// <summary>One console for all tests that only call it and do not mind each other's orders. Its processor is off: what it would cancel belongs to tests.</summary>
public sealed class SharedConsole : IAsyncLifetime
{
    public ConsoleHost Host { get; private set; } = default!;
    public HttpClient Http => Host.Http;

    public async ValueTask InitializeAsync()
    {
        Host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        await Host.SetStockAsync("tea", 1_000_000);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class ConsoleCollection : ICollectionFixture<SharedConsole>
{
    public const string Name = "console";
}
