using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderConsole.Core.Data;
using OrderConsole.Core.Locks;

namespace OrderConsole.Tests.Support;

/// <summary>The console in this process, with a fresh SQLite file of its own, on a real port.</summary>
public sealed class ConsoleHost : WebApplicationFactory<Program>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orderconsole-").FullName;
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection>? _replace;

    /// <param name="settings">By key, for example <c>Timeouts:Enabled</c>; they outrank the settings file.</param>
    /// <param name="replace">Puts other services in the place of the console's.</param>
    public ConsoleHost(IEnumerable<KeyValuePair<string, string?>>? settings = null, Action<IServiceCollection>? replace = null)
    {
        _settings = new(settings ?? []);
        _replace = replace;
        UseKestrel(0);
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<ConsoleHost> StartAsync(IEnumerable<KeyValuePair<string, string?>>? settings = null, Action<IServiceCollection>? replace = null)
    {
        var host = new ConsoleHost(settings, replace);
        await DatabaseTemplates.CopySqliteAsync(host.DatabaseFile);
        host.StartServer();
        host.Http = host.CreateClient();
        Visitors.SignIn(host.Http);
        await Eventually.HoldsAsync(async () => (await host.Http.GetAsync("/health/live")).IsSuccessStatusCode, "the console is live");
        // On a busy machine the console answers before its schema is there; where there is no database, nobody waits.
        if (host.Services.GetServices<IHostedService>().OfType<DatabaseUpgrade>().SingleOrDefault() is { } upgrade)
            await Eventually.HoldsAsync(() => upgrade.IsDone, "the schema is there", TimeSpan.FromMinutes(1));
        await Visitors.UntilSignedInAsync(host.Http);
        return host;
    }

    /// <summary>A console whose database nobody answers for.</summary>
    public static Task<ConsoleHost> WithoutDatabaseAsync() => StartAsync([new("Timeouts:Enabled", "false")], services =>
    {
        services.AddSingleton(new OrderDatabase(DatabaseProvider.Postgres, "Host=127.0.0.1;Port=1;Username=nobody;Timeout=1", TimeProvider.System));
        foreach (var upgrade in services.Where(s => s.ImplementationType == typeof(DatabaseUpgrade)).ToList()) services.Remove(upgrade);
    });

    /// <summary>A console that shows only what the test publishes.</summary>
    public static Task<ConsoleHost> WithoutCollectorAsync() => StartAsync([new("Timeouts:Enabled", "false")], services =>
    {
        foreach (var collector in services.Where(s => s.ImplementationType == typeof(OrderConsole.Live.MetricsCollector)).ToList()) services.Remove(collector);
    });

    private string DatabaseFile => Path.Combine(_folder, "orders.db");

    public HttpClient Http { get; private set; } = default!;
    public Uri Address => ClientOptions.BaseAddress;

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>The store's own locks, for what a test makes others hold: also where <c>OC_LOCKS=always-yes</c> gives the engine ones that guard nothing.</summary>
    public IOrderLocks StoreLocks => Services.GetServices<IOrderLocks>().First();

    public async Task SetStockAsync(string sku, long available) =>
        (await Http.PutAsJsonAsync($"/api/stock/{sku}", new { available })).EnsureSuccessStatusCode();

    /// <summary>Places an order for one piece at 10 CNY.</summary>
    public async Task<HttpResponseMessage> PlaceAsync(string orderNo, string sku = "tea", string window = "00:15:00") =>
        await Http.PostAsJsonAsync("/api/orders", new { orderNo, currency = "CNY", lines = new[] { new { sku, quantity = 1, unitPrice = 10m } }, paymentWindow = window });

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Orders", $"Data Source={DatabaseFile}");
        // Most tests are not about jobs; those that are switch them on.
        builder.UseSetting("Jobs:Enabled", "false");
        builder.UseSetting("Access:KeyFolder", Path.Combine(_folder, "keys"));
        foreach (var (key, value) in Visitors.Settings) builder.UseSetting(key, value);
        builder.UseSetting("Audit:Key", ShopOperations.AuditKey);
        // One person alone at the console, but where a test is about two.
        builder.UseSetting("Operations:SecondPersonAbove", "0");
        builder.UseSetting("Operations:SecondPersonOnPaidOrders", "false");
        foreach (var (key, value) in _settings) builder.UseSetting(key, value);
        builder.ConfigureLogging(log => log.SetMinimumLevel(LogLevel.Warning).AddFilter(null, LogLevel.Error));
        if (_replace is not null) builder.ConfigureTestServices(_replace);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
