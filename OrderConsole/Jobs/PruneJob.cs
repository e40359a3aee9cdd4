using OrderConsole.Core.Locks;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>Forgets old receipts, idempotency keys and forced unlocks. The history of the jobs is kept within its bounds by its store.</summary>
[DisallowConcurrentExecution, RetryPolicy(2, "00:01:00")]
internal sealed class PruneJob(OperationPruner operations, IdempotencyKeyPruner keys, ForceUnlocks unlocks) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        context.Tell(0, JobProgress.Keys);
        var forgotten = await keys.PruneAsync(cancellationToken);
        context.Tell(30, JobProgress.Unlocks);
        var forgottenUnlocks = await unlocks.PruneAsync(cancellationToken);
        context.Tell(60, JobProgress.Receipts);
        context.Result = JobSummary.Of(context, ("receipts", await operations.PruneAsync(cancellationToken)), ("keys", forgotten), ("unlocks", forgottenUnlocks));
    }
}
