using OrderConsole.Core.Data;
using OrderConsole.Core.Timeouts;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>Works off what is due and nobody took: the safety net of the poller.</summary>
[DisallowConcurrentExecution, RetryPolicy(2, "00:00:05")]
internal sealed class DrainJob(QueueDrain drain, OrderDatabase database) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var done = await drain.RunAsync(sofar => context.Tell(0, JobProgress.Taken, sofar.Claimed), cancellationToken);
        context.Result = done is null
            ? JobRunReport.Skipped("processing is paused")
            : JobSummary.Of(context, ("cancelled", done.Cancelled), ("putBack", done.PutBack), ("claimed", done.Claimed));
        if (done?.Trouble is { } trouble) throw new StoreUnavailableException(database.StoreName, trouble);
    }
}
