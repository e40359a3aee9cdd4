using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Redis;
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
internal sealed class ProcessorCheck(ProcessorHealth processor, ProcessingSwitch processing, IOptions<TimeoutOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Result());

    private HealthCheckResult Result()
    {
        if (!options.Value.Enabled) return HealthCheckResult.Healthy("This console only shows; Timeouts:Enabled is false.");
        if (!processor.IsProgressing)
            return HealthCheckResult.Unhealthy($"No progress since {processor.LastProgressAt?.ToString("u") ?? "the start"}. {processor.LastError}".TrimEnd());
        if (processing.Pause is { } pause) return HealthCheckResult.Healthy($"Paused by {pause.By} since {pause.At:u}: {pause.Reason}");
        return HealthCheckResult.Healthy("Due orders are worked on.");
    }
}

/// <summary>Redis, where the queue or the locks live in it. A server that may forget entries is degraded: the database still has all.</summary>
internal sealed class RedisCheck(RedisConnection? redis = null) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Result());

    private HealthCheckResult Result() => redis?.Health switch
    {
        null => HealthCheckResult.Healthy("Not used."),
        { Reachable: false } away => HealthCheckResult.Unhealthy($"Away since {away.Since:u}. {away.Trouble}".TrimEnd()),
        { Server: { MayEvict: true } server } => HealthCheckResult.Degraded($"Answers, but maxmemory-policy {server.MaxMemoryPolicy} may throw entries away; set noeviction."),
        { Server.Persistent: false } => HealthCheckResult.Degraded("Answers, but keeps nothing over a restart; turn AOF on (appendonly yes). Until then the queue is made again from the database."),
        { RoundTrip: { } took } => HealthCheckResult.Healthy($"Answers in {took.TotalMilliseconds:0.0} ms."),
        _ => HealthCheckResult.Healthy("Answers."),
    };
}
