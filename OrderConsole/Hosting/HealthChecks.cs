using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Hosting;

/// <summary>Reads a row, so that a database without our tables counts as away too.</summary>
internal sealed class DatabaseCheck(OrderDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.ReadAsync(db => db.Nodes.Select(n => n.Name).FirstOrDefaultAsync(cancellationToken));
            return HealthCheckResult.Healthy($"{database.StoreName} answers.");
        }
        catch (StoreUnavailableException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}

/// <summary>Asks for progress, not for connections: a processor that hangs on a good connection is not ready.</summary>
internal sealed class ProcessorCheck(ProcessorHealth processor, IOptions<TimeoutOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Result());

    private HealthCheckResult Result()
    {
        if (!options.Value.Enabled) return HealthCheckResult.Healthy("This console only shows; Timeouts:Enabled is false.");
        if (!processor.IsProgressing)
            return HealthCheckResult.Unhealthy($"No progress since {processor.LastProgressAt?.ToString("u") ?? "the start"}. {processor.LastError}".TrimEnd());
        return HealthCheckResult.Healthy("Due orders are worked on.");
    }
}
