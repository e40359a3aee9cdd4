using OrderConsole.Api;

namespace OrderConsole.Live;

/// <summary>One collector a console, one feed, and those who listen to it.</summary>
internal static class LiveServices
{
    public const string HubPath = "/hubs/metrics";

    public static void AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LiveFeed>();
        builder.Services.AddSingleton<Readings>();
        builder.Services.AddSingleton<SnapshotMaker>();
        builder.Services.AddSingleton<SampleTaker>();
        builder.Services.AddSingleton<SampleHistory>();
        builder.Services.AddSingleton<MetricsPush>();
        builder.Services.AddHostedService<MetricsCollector>();
        builder.Services.AddSignalR().AddJsonProtocol(o => ApiJson.Applied(o.PayloadSerializerOptions));
    }

    public static void MapLive(this WebApplication app) => app.MapHub<MetricsHub>(HubPath);
}
