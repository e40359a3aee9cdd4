using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrderConsole.Api;

namespace OrderConsole.Hosting;

/// <summary><c>/health/live</c>: the process turns. <c>/health/ready</c>: stores answer and the processor gets on.</summary>
internal static class Health
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    public static void AddHealth(this WebApplicationBuilder builder) => builder.Services.AddHealthChecks()
        .AddCheck<DatabaseCheck>("database", timeout: Deadline)
        .AddCheck<RedisCheck>("redis", timeout: Deadline)
        .AddCheck<ProcessorCheck>("processor", timeout: Deadline);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthBody(report.Status, [.. report.Entries.Select(e => new HealthCheckBody(e.Key, e.Value.Status, e.Value.Description ?? e.Value.Exception?.Message ?? ""))]),
        ApiJson.Options, context.RequestAborted);
}

/// <param name="Status">Healthy, Degraded (both 200) or Unhealthy (503).</param>
public sealed record HealthBody(HealthStatus Status, IReadOnlyList<HealthCheckBody> Checks);

/// <param name="Words">What was found, for people.</param>
public sealed record HealthCheckBody(string Name, HealthStatus Status, string Words);
