using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderConsole.Core;
using OrderConsole.Core.Data;
using OrderConsole.Core.Locks;

namespace OrderConsole.Tests.Support;

/// <summary>The product's engine in this process, without its web pages, on the stores that the settings name.</summary>
public sealed class Engine : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _running = [];

    private Engine(ServiceProvider services) => _services = services;

    public OrderDatabase Database => Get<OrderDatabase>();

    /// <summary>Puts it together and brings the schema up to date; nothing runs yet.</summary>
    public static async Task<Engine> CreateAsync(IEnumerable<KeyValuePair<string, string?>> settings, Action<IServiceCollection>? configure = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Audit:Key", ShopOperations.AuditKey)]).AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection()
            .AddLogging(log => log.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(Enum.Parse<LogLevel>(Environment.GetEnvironmentVariable("OC_TEST_LOG") ?? "Warning")))
            .AddMetrics()
            .AddOrderConsoleCore(configuration);
        configure?.Invoke(services);
        var engine = new Engine(services.BuildServiceProvider());
        await engine.Database.MigrateAsync(CancellationToken.None);
        return engine;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The store's own locks, for what a test makes others hold: also where <c>OC_LOCKS=always-yes</c> gives the engine ones that guard nothing.</summary>
    public IOrderLocks StoreLocks => _services.GetServices<IOrderLocks>().First();

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
