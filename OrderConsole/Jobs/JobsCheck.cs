using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrderConsole.Jobs;

/// <summary>Jobs are never what makes a console useless: at worst it is degraded.</summary>
internal sealed class JobsCheck(JobWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Result());

    private HealthCheckResult Result()
    {
        if (!watch.IsOn) return HealthCheckResult.Healthy("This console has no jobs; Jobs:Enabled is false.");
        if (watch.Away is { } why) return HealthCheckResult.Degraded($"The jobs' store does not answer: {why}");
        return watch.Troubles?.FirstOrDefault(t => t.NotSince is not null) is { } late
            ? HealthCheckResult.Degraded(late.Words)
            : HealthCheckResult.Healthy("Jobs run as they should.");
    }
}
