using OrderConsole.Core.Telemetry;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>Makes minutes and hours of the stored figures, and deletes what is too old.</summary>
[DisallowConcurrentExecution, RetryPolicy(2, "00:01:00")]
internal sealed class MetricsJob(SampleStore samples, TimeProvider time) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        context.Tell(0, JobProgress.Condensing);
        await samples.RollUpAsync(time.GetUtcNow(), cancellationToken);
        context.Tell(50, JobProgress.Deleting);
        context.Result = JobSummary.Done(context, ("deleted", await samples.PruneAsync(time.GetUtcNow(), cancellationToken)));
    }
}
