using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;
using static OrderConsole.Core.Timeouts.TimeoutEvents;

namespace OrderConsole.Core.Timeouts;

/// <summary>
/// The way of a batch of claimed timeouts, from "checked" to "shown": the spine of the product. Read <see cref="RunAsync"/>
/// first. A process that dies at any point of it leaves nothing but a lease that ends; see docs/lifecycle.md.
/// </summary>
public sealed class CancelUnpaidOrders(
    OverdueOrderReader orders, IOrderLocks locks, OrderCanceller canceller, ReleaseClaims releaser, LeaseRenewer renewer,
    ForceUnlocks unlocks, TimeoutEvents events, IOptions<TimeoutOptions> options, TimeProvider time)
{
    public const string Reason = "payment_timeout";

    private readonly TimeoutOptions _options = options.Value;

    /// <summary>Takes every claim of the batch to its end. Throws only what nobody foresaw; the claims then end with their lease.</summary>
    /// <param name="stop">Ends the work early; what is not committed is put back.</param>
    public async Task<TimeoutBatch> RunAsync(ClaimedBatch claimed, CancellationToken stop)
    {
        var batch = new TimeoutBatch(claimed);
        events.Publish(TimeoutStep.Claimed, Outcomes.Done, batch.Work);
        FaultPoint.Reach("claimed");
        await using (var lease = renewer.Keep(batch, stop))
        {
            try
            {
                await CheckAsync(batch, lease.Token);
                await LockAsync(batch, lease.Token);
                await StopLostAsync(batch);
                await CancelAsync(batch, batch.StillGoing, lease.Token);
            }
            catch (StoreUnavailableException e)
            {
                batch.StoreTrouble = e.Message;
                PutBack(batch.StillGoing, _options.RetryDelay, Outcomes.StoreUnavailable, TimeoutStep.Checked);
            }
            catch (OperationCanceledException) when (lease.Token.IsCancellationRequested)
            {
                PutBack(batch.StillGoing, TimeSpan.Zero, Outcomes.ClaimLost, TimeoutStep.Checked);
            }
        }
        await releaser.RunAsync(batch);
        return batch;
    }

    private async Task CheckAsync(TimeoutBatch batch, CancellationToken cancel)
    {
        var facts = await orders.FactsAsync([.. batch.Work.Select(w => w.Claim.OrderNo)], cancel);
        batch.CheckedAt = time.GetUtcNow();
        var decided = batch.Work.ToLookup(work =>
        {
            var known = facts.TryGetValue(work.Claim.OrderNo, out var found);
            work.Facts = found;
            return EligibilityPolicy.Decide(known ? found : null, batch.Claimed.StoreNow);
        });
        Complete(decided[Eligibility.Paid], Outcomes.AlreadyPaid);
        Complete(decided[Eligibility.Cancelled], Outcomes.AlreadyCancelled);
        Settle(decided[Eligibility.NotDue], TimeoutStep.Checked, Outcomes.NotDue, w => ClaimRelease.Reschedule(w.Claim, w.Facts.ExpiresAt));
        Settle(decided[Eligibility.UnknownOrder], TimeoutStep.Checked, Outcomes.UnknownOrder, UnknownOrder);
        FaultPoint.Reach("checked");
    }

    private async Task LockAsync(TimeoutBatch batch, CancellationToken cancel)
    {
        var going = batch.StillGoing.ToDictionary(w => w.Claim.OrderNo, StringComparer.Ordinal);
        if (going.Count == 0) return;
        var result = await locks.TryAcquireAsync([.. going.Keys], renewer.Lease, Node.ThisProcess.Name, cancel);
        batch.LockedAt = time.GetUtcNow();
        foreach (var handle in result.Acquired) going[handle.OrderNo].Lock = handle;
        events.Publish(TimeoutStep.Locked, Outcomes.Done, [.. batch.StillGoing.Where(w => w.Lock is not null)]);
        foreach (var held in result.Held) PutBackUntilFree(going[held.OrderNo], held.TimeLeft);
        // Released by its holder just between our try and our look: free by now.
        foreach (var missed in batch.StillGoing.Where(w => w.Lock is null)) PutBackUntilFree(missed, TimeSpan.Zero);
        FaultPoint.Reach("locked");
    }

    /// <summary>Whose lock was taken away meanwhile is left to whoever took it; the row would refuse the cancel anyway.</summary>
    private async Task StopLostAsync(TimeoutBatch batch)
    {
        var lost = batch.StillGoing.Where(w => w.Lock is { IsLost: true }).ToArray();
        if (lost.Length == 0) return;
        PutBack(lost, Backoff.Jittered(_options.LockHeldDelay), Outcomes.LockLost, TimeoutStep.Locked);
        await unlocks.CameBackAsync([.. lost.Select(w => w.Lock!)], LateHolder.GaveUp, CancellationToken.None);
    }

    private async Task CancelAsync(TimeoutBatch batch, IReadOnlyList<TimeoutWork> going, CancellationToken cancel)
    {
        if (going.Count == 0) return;
        try
        {
            var targets = going.Select(w => new CancelTarget(w.Facts.OrderId, w.Facts.Version, TimelineDetail.Of(batch, w))).ToArray();
            var cancelled = (await canceller.CancelAsync(targets, Reason, cancel)).ToHashSet();
            Cancelled(batch, [.. going.Where(w => cancelled.Contains(w.Facts.OrderId))]);
            var refused = going.Where(w => w.GoesOn).ToArray();
            PutBack(refused, TimeSpan.FromMilliseconds(50), Outcomes.ChangedMeanwhile, TimeoutStep.Cancelled);
            await unlocks.CameBackAsync([.. refused.Where(w => w.Lock is not null).Select(w => w.Lock!)], LateHolder.CommitRefused, CancellationToken.None);
        }
        catch (Exception e) when (e is not StoreUnavailableException and not OperationCanceledException)
        {
            if (going.Count == 1)
            {
                Failed(going[0], e);
                return;
            }
            // One bad order fails a transaction for all; halves find it in a few steps and let the others through.
            await CancelAsync(batch, [.. going.Take(going.Count / 2)], cancel);
            await CancelAsync(batch, [.. going.Skip(going.Count / 2)], cancel);
        }
    }

    private void Cancelled(TimeoutBatch batch, IReadOnlyList<TimeoutWork> cancelled)
    {
        var committedAt = batch.Claimed.StoreNow + time.GetElapsedTime(batch.Claimed.SentAt);
        foreach (var work in cancelled)
        {
            work.Lateness = committedAt - (work.Claim.DueAt > work.Facts.ExpiresAt ? work.Claim.DueAt : work.Facts.ExpiresAt);
            work.Release = ClaimRelease.Complete(work.Claim);
        }
        events.Publish(TimeoutStep.Cancelled, Outcomes.Done, cancelled);
    }

    /// <summary>
    /// A lock that is about to end is waited for once, in the queue: the order comes back just after the lock's end. Held
    /// again then, or for longer from the start, the order is put back for a little while.
    /// </summary>
    private void PutBackUntilFree(TimeoutWork work, TimeSpan? timeLeft)
    {
        var waitedBefore = work.Claim.LastReason == Outcomes.LockNearlyExpired;
        if (timeLeft is { } left && left <= _options.LockNearExpiry && !waitedBefore)
            PutBack([work], left + TimeSpan.FromMilliseconds(Random.Shared.Next(5, 100)), Outcomes.LockNearlyExpired, TimeoutStep.Locked);
        else
            PutBack([work], Backoff.Jittered(_options.LockHeldDelay), Outcomes.LockHeld, TimeoutStep.Locked);
    }

    private ClaimRelease UnknownOrder(TimeoutWork work) => work.Claim.Failed == 0
        // Another program may have queued the order a moment before it committed it.
        ? ClaimRelease.RetryAfterFailure(work.Claim, _options.RetryDelay, Outcomes.UnknownOrder, "No order has this number.")
        : ClaimRelease.DeadLetter(work.Claim, DeadLetterReasons.UnknownOrder, "No order has this number.");

    private void Failed(TimeoutWork work, Exception error)
    {
        events.Publish(TimeoutStep.Cancelled, Outcomes.Failed, [work]);
        events.Failed(work, error);
        var why = error.GetBaseException().Message;
        work.Release = work.Claim.Failed + 1 >= _options.MaxFailures
            ? ClaimRelease.DeadLetter(work.Claim, DeadLetterReasons.Failed, why)
            : ClaimRelease.RetryAfterFailure(work.Claim, Backoff.After(work.Claim.Failed + 1, _options.RetryDelay, _options.MaxRetryDelay), Outcomes.Failed, why);
    }

    private void Complete(IEnumerable<TimeoutWork> works, string outcome) => Settle(works, TimeoutStep.Checked, outcome, w => ClaimRelease.Complete(w.Claim));

    private void PutBack(IEnumerable<TimeoutWork> works, TimeSpan delay, string reason, TimeoutStep step) =>
        Settle(works, step, reason, w => ClaimRelease.PutBack(w.Claim, delay, reason));

    private void Settle(IEnumerable<TimeoutWork> works, TimeoutStep step, string outcome, Func<TimeoutWork, ClaimRelease> release)
    {
        var settled = works.ToArray();
        foreach (var work in settled) work.Release = release(work);
        events.Publish(step, outcome, settled);
    }
}
