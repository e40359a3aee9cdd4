using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderConsole.Core;
using OrderConsole.Core.Data;

namespace OrderConsole.Benchmarks;

/// <summary>The product's engine in this process, without its web pages, on the stores that the settings name.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _running = [];

    private Engine(ServiceProvider services) => _services = services;

    public OrderDatabase Database => Get<OrderDatabase>();

    public static async Task<Engine> CreateAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection()
            .AddLogging(log => log.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning))
            .AddMetrics()
            .AddOrderConsoleCore(configuration)
            .BuildServiceProvider();
        var engine = new Engine(services);
        await engine.Database.MigrateAsync(CancellationToken.None);
        return engine;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Starts everything that runs: poller, scheduler, recoverer, reconciler, heartbeat.</summary>
    public async Task StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
            _running.Add(service);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enumerable.Reverse(_running)) await service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
