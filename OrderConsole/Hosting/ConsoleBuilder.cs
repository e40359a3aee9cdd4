using Microsoft.Extensions.Logging.Console;
using OrderConsole.Core;
using OrderConsole.Demo;

namespace OrderConsole.Hosting;

/// <summary>Where the console finds its files and settings, whatever the working directory is.</summary>
internal static class ConsoleBuilder
{
    // SQLite's driver blocks its thread while another process writes; pages and health must not wait for those threads.
    private const int ThreadsAtHand = 32;

    public static WebApplicationBuilder Create(string[] args)
    {
        ThreadPool.SetMinThreads(ThreadsAtHand, ThreadsAtHand);
        // "--demo" has no value; the command-line source would take the next argument for one.
        var settings = args.Where(a => a != DemoMode.Switch).ToArray();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        // The framework ranks ASPNETCORE_* below the settings file; who sets ASPNETCORE_URLS means it.
        builder.Configuration.AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(settings);
        if (args.Contains(DemoMode.Switch)) DemoMode.Prepare(builder.Configuration);

        builder.Logging.AddConsole(console => console.FormatterName = OneLineLog.FormatterName).AddConsoleFormatter<OneLineLog, ConsoleFormatterOptions>();
        builder.Services.AddSettings<EnvironmentOptions>(builder.Configuration, "Environment");
        builder.Services.AddSettings<TelemetryOptions>(builder.Configuration, "Telemetry");
        // Browsers that reconnect while the console stops would hold it for the default of 30 s.
        builder.Services.Configure<HostOptions>(o =>
        {
            o.ShutdownTimeout = TimeSpan.FromSeconds(5);
            // A part that fails does not take the console down; health, which asks for progress, tells.
            o.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Api.BodyLimits.Single;
            kestrel.Limits.MaxConcurrentConnections = 2_000;
            kestrel.Limits.MaxConcurrentUpgradedConnections = 500;
        });
        return builder;
    }
}
