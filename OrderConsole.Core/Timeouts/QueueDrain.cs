using Microsoft.Extensions.Options;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Timeouts;

/// <summary>What a drain did.</summary>
/// <param name="Claimed">Due entries that it took.</param>
/// <param name="Cancelled">Of these, orders that it cancelled.</param>
/// <param name="PutBack">Of these, entries that come again later: a held lock, a failure, a store that went away.</param>
/// <param name="Trouble">The store that ended it early, in words, or null.</param>
public sealed record DrainResult(int Claimed, int Cancelled, int PutBack, string? Trouble);

/// <summary>
/// Works off what is due right now, once, with claims of its own: the safety net of <see cref="DueTimeoutPoller"/>, which
/// leaves it nothing to do as long as it runs.
/// </summary>
public sealed class QueueDrain(
    ITimeoutQueue queue, ProcessingSwitch processing, CancelUnpaidOrders cancelUnpaid, TimeoutEvents events, IOptions<TimeoutOptions> options)
{
    /// <param name="progress">Hears after each batch what is done so far.</param>
    /// <param name="cancel">Ends it after the batch under way, whose uncommitted part is put back.</param>
    /// <returns>Null when the processing is paused: nothing is claimed then.</returns>
    public async Task<DrainResult?> RunAsync(Action<DrainResult> progress, CancellationToken cancel)
    {
        var total = new DrainResult(0, 0, 0, null);
        while (total.Trouble is null)
        {
            if (await processing.LookAsync(cancel) is not null) return total.Claimed == 0 ? null : total;
            var claimed = await queue.ClaimDueAsync(options.Value.BatchSize, options.Value.Lease, Node.ThisProcess.Name, cancel);
            foreach (var dead in claimed.Rejected) events.DeadLettered(TimeoutStep.Claimed, dead.OrderNo, dead.Reason, dead.Detail);
            if (claimed.Claims.Count == 0) return total;
            foreach (var part in Parts(claimed)) total = Sum(total, await cancelUnpaid.RunAsync(part, cancel));
            progress(total);
            cancel.ThrowIfCancellationRequested();
        }
        return total;
    }

    /// <summary>An order whose claim ended with a crash more than once goes alone, last: what kills its process then kills no other's work.</summary>
    private static IEnumerable<ClaimedBatch> Parts(ClaimedBatch claimed)
    {
        var sound = claimed.Claims.Where(c => c.Crashed <= 1).ToArray();
        if (sound.Length > 0) yield return claimed with { Claims = sound };
        foreach (var suspect in claimed.Claims.Where(c => c.Crashed > 1)) yield return claimed with { Claims = [suspect] };
    }

    private static DrainResult Sum(DrainResult before, TimeoutBatch batch) => new(
        before.Claimed + batch.Work.Count,
        before.Cancelled + batch.Work.Count(w => w.Lateness is not null),
        before.PutBack + batch.Work.Count(w => w.Release is { Verdict: ClaimVerdict.Retry or ClaimVerdict.Reschedule }),
        batch.StoreTrouble);
}
