using OrderConsole.Core.Locks;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>Removes locks that nobody works under.</summary>
[DisallowConcurrentExecution, RetryPolicy(2, "00:00:30")]
internal sealed class LockCleanupJob(LockCleanup locks) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var cleaned = await locks.RunAsync(cancellationToken, (done, all) => context.Tell(100L * done / Math.Max(1, all), JobProgress.Locks, done, all));
        context.Result = JobSummary.Of(context, ("removed", cleaned.Removed), ("left", cleaned.Left));
    }
}
