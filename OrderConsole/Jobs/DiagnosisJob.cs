using OrderConsole.Core.Diagnostics;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>Looks at everything there is a check for and keeps the report. What it finds is no failure of the run.</summary>
[DisallowConcurrentExecution, RetryPolicy(2, "00:01:00")]
internal sealed class DiagnosisJob(DiagnosisRunner diagnosis) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        void Tell()
        {
            if (diagnosis.Progress is { Total: > 0 } p) context.Tell(100 * p.Done / p.Total, JobProgress.Checks, p.Done, p.Total);
        }

        diagnosis.Changed += Tell;
        try
        {
            var report = await diagnosis.RunAsync(DiagnosisTrigger.Job, cancellationToken);
            context.Result = JobSummary.Done(context, ("score", report.Score), ("findings", report.Findings.Count));
        }
        finally
        {
            diagnosis.Changed -= Tell;
        }
    }
}
