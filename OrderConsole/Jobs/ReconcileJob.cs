using OrderConsole.Core.Timeouts;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>Compares the queue with the database and mends the queue; the orders that are due soon, or when asked for all of them.</summary>
[DisallowConcurrentExecution, RetryPolicy(2, "00:00:10")]
internal sealed class ReconcileJob(Reconciler reconciler) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var whole = JobSummary.StarterOf(context)?.Whole == true;
        var found = await reconciler.ReconcileAsync(whole, cancellationToken,
            sofar => context.Tell(0, JobProgress.Compared, sofar.PendingCompared, sofar.EntriesCompared));
        context.Result = JobSummary.Done(context, ("lost", found.Lost), ("ghosts", found.Ghosts), ("compared", found.PendingCompared + found.EntriesCompared));
    }
}
