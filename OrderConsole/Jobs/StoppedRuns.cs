using Quartz;

namespace OrderConsole.Jobs;

/// <summary>A run that was asked to stop and then failed was stopped: each store has words of its own for being interrupted, and none of them is a failure.</summary>
internal sealed class StoppedRuns : IJobExecutionMiddleware
{
    public async ValueTask Invoke(IJobExecutionContext context, JobExecutionDelegate next, CancellationToken cancellationToken = default)
    {
        try
        {
            await next(context, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException && context.CancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The run was asked to stop.", e, context.CancellationToken);
        }
    }
}
