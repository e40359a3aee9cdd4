using OpenTelemetry.Metrics;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Hosting;

internal static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var endpoint = builder.Configuration["Telemetry:OtlpEndpoint"];
        if (string.IsNullOrEmpty(endpoint) || !Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)) return;
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(TimeoutMeters.MeterName)
            .AddOtlpExporter(otlp => otlp.Endpoint = uri));
    }
}
