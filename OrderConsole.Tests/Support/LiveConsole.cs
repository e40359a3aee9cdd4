namespace OrderConsole.Tests.Support;

/// <summary>One working console for all browser tests.</summary>
public sealed class LiveConsole : IAsyncLifetime
{
    public ConsoleHost Host { get; private set; } = default!;
    public Uri Address => Host.Address;

    public async ValueTask InitializeAsync()
    {
        Host = await ConsoleHost.StartAsync();
        await Host.SetStockAsync("tea", 1_000_000);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
