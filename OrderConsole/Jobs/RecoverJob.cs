using OrderConsole.Core.Timeouts;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>Takes back claims whose lease has ended, as every console's own loop does all the time.</summary>
[DisallowConcurrentExecution, RetryPolicy(2, "00:00:05")]
internal sealed class RecoverJob(TimeoutRecoverer recoverer) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        context.Result = JobSummary.Of(context, ("recovered", await recoverer.RecoverAsync(cancellationToken, sofar => context.Tell(0, JobProgress.Recovered, sofar))));
}
