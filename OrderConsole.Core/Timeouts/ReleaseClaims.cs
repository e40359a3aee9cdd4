using Microsoft.Extensions.Logging;
using OrderConsole.Core.Data;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Queue;

namespace OrderConsole.Core.Timeouts;

/// <summary>
/// Ends the claims of a batch, each by its own verdict, and gives the locks back. What can not be released now ends with
/// its lease; whoever takes it then finds the order as it is.
/// </summary>
public sealed partial class ReleaseClaims(ITimeoutQueue queue, IOrderLocks locks, TimeoutEvents events, ILogger<ReleaseClaims> logger)
{
    public async Task RunAsync(TimeoutBatch batch)
    {
        await Task.WhenAll(ReleaseLocksAsync(batch), EndClaimsAsync(batch));
        FaultPoint.Reach("released");
    }

    private Task EndClaimsAsync(TimeoutBatch batch) => UnlessAwayAsync("claims", batch, async () =>
    {
        var releases = batch.Work.Where(w => w.Release is not null && !w.IsLost).ToArray();
        if (releases.Length == 0) return;
        var lost = await queue.ReleaseAsync([.. releases.Select(w => w.Release!)], CancellationToken.None);
        FaultPoint.Reach("claims-ended");
        events.Publish(TimeoutStep.Released, TimeoutEvents.Outcomes.Done, releases);
        if (lost > 0) LogLost(lost);
        foreach (var release in releases.Select(w => w.Release!).Where(r => r.Verdict == ClaimVerdict.DeadLetter))
            events.DeadLettered(TimeoutStep.Released, release.Claim.OrderNo, release.Reason!, release.Detail);
    });

    private Task ReleaseLocksAsync(TimeoutBatch batch) => UnlessAwayAsync("locks", batch, async () =>
    {
        var held = batch.Work.Where(w => w.Lock is not null).Select(w => w.Lock!).ToArray();
        if (held.Length > 0) await locks.ReleaseAsync(held, CancellationToken.None);
        FaultPoint.Reach("locks-released");
    });

    private async Task UnlessAwayAsync(string what, TimeoutBatch batch, Func<Task> release)
    {
        try
        {
            await release();
        }
        catch (StoreUnavailableException e)
        {
            batch.StoreTrouble = e.Message;
            LogLeftToLease(what, batch.Work.Count, e.Message);
        }
    }

    [LoggerMessage(20, LogLevel.Information, "The {What} of {Count} orders could not be released and end with their lease: {Why}")]
    private partial void LogLeftToLease(string what, int count, string why);

    [LoggerMessage(21, LogLevel.Information, "{Count} claims were somebody else's by the time they were released")]
    private partial void LogLost(int count);
}
