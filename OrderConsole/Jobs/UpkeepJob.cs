using OrderConsole.Core.Data;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>Statistics for the database's planner, and on SQLite a write-ahead log that does not grow.</summary>
[DisallowConcurrentExecution, RetryPolicy(2, "00:01:00")]
internal sealed class UpkeepJob(DatabaseUpkeep upkeep) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        context.Tell(0, JobProgress.Statistics);
        var done = await upkeep.RunAsync(cancellationToken, () => context.Tell(80, JobProgress.Log));
        context.Result = done.WalPages is { } pages
            ? JobSummary.Done(context, ("walPages", pages))
            : JobSummary.Done(context);
    }
}
