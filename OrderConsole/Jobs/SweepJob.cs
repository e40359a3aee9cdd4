using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Operations;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>Compares queue and locks with the orders and mends what needs no person; each repair leaves its receipt.</summary>
[DisallowConcurrentExecution, RetryPolicy(2, "00:01:00")]
internal sealed class SweepJob(DriftSweep sweep) : IJob
{
    private const string Reason = "Recurring reconciliation";
    private static readonly Operator Job = Operator.System("sweep");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var swept = await sweep.RunAsync(Reason, Job, cancellationToken,
            (mended, found) => context.Tell(found == 0 ? 0 : 100 * mended / found, JobProgress.Mended, mended, found));
        context.Result = JobSummary.Of(context, ("found", swept.Found.Findings.Sum(f => f.Count)), ("mended", swept.Mended));
    }
}
