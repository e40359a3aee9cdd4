using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;

namespace OrderConsole.Core.Timeouts;

/// <summary>How the queue differed from the database, and what was done about it.</summary>
/// <param name="Lost">Pending orders that the queue did not know; they were scheduled.</param>
/// <param name="Ghosts">Entries of orders that are final; they were taken out.</param>
public sealed record Reconciliation(int Lost, int Ghosts, int PendingCompared, int EntriesCompared);

/// <summary>
/// Compares the queue with the database and mends the queue: it alone finishes all work when the queue has vanished.
/// Soon-due orders are compared every interval; everything at start, after the queue's store came back, and hourly.
/// </summary>
public sealed partial class Reconciler(
    ITimeoutQueue queue, IQueueInspector inspector, PendingOrderReader pendingOrders, OverdueOrderReader orders, PollerWakeUp poller,
    TimeoutEvents events, IOptions<TimeoutOptions> options, TimeProvider time, ILogger<Reconciler> logger) : BackgroundService
{
    private const int DeadPageSize = 200;
    private const int MostDeadPages = 50;
    private static readonly TimeSpan WholeEvery = TimeSpan.FromHours(1);
    // Younger orders may still be on their way from the commit to the queue.
    private static readonly TimeSpan HandOverGrace = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _wholeWanted = new(0);

    /// <summary>Has everything compared as soon as possible: the queue's store was away and may have forgotten.</summary>
    public void RequestWhole() => _wholeWanted.Release();

    /// <param name="whole">All pending orders and all entries; otherwise only the orders that are due soon.</param>
    /// <param name="soFar">Hears after each page what has been found and compared by then.</param>
    public async Task<Reconciliation> ReconcileAsync(bool whole, CancellationToken cancel, Action<Reconciliation>? soFar = null)
    {
        var (lost, compared) = await ScheduleLostAsync(whole ? null : time.GetUtcNow() + (options.Value.ReconcileInterval * 2), soFar, cancel);
        lost += await ScheduleWronglyBuriedAsync(cancel);
        var (ghosts, walked) = whole ? await RemoveGhostsAsync((ghosts, walked) => soFar?.Invoke(new(lost, ghosts, compared, walked)), cancel) : (0, 0);
        if (lost + ghosts > 0) LogMended(lost, ghosts, compared, walked);
        return new Reconciliation(lost, ghosts, compared, walked);
    }

    private async Task<(int Lost, int Compared)> ScheduleLostAsync(DateTimeOffset? until, Action<Reconciliation>? soFar, CancellationToken cancel)
    {
        var (lost, compared, place) = (0, 0, PendingOrderReader.Place.Start);
        while (true)
        {
            var page = await pendingOrders.PageAsync(place, until, cancel);
            if (page.Count == 0) return (lost, compared);
            var young = time.GetUtcNow() - HandOverGrace;
            var expected = page.Where(p => p.CreatedAt < young).ToDictionary(p => p.No, p => p.ExpiresAt, StringComparer.Ordinal);
            var missing = await StillPendingAsync(await inspector.FindMissingAsync([.. expected.Keys], cancel), cancel);
            await ScheduleFoundAsync([.. missing.Select(no => new ScheduledTimeout(no, expected[no]))], cancel);
            (lost, compared, place) = (lost + missing.Count, compared + page.Count, page[^1].Place);
            soFar?.Invoke(new(lost, 0, compared, 0));
        }
    }

    private async Task ScheduleFoundAsync(List<ScheduledTimeout> found, CancellationToken cancel)
    {
        if (found.Count == 0) return;
        await queue.ScheduleAsync(found, cancel);
        events.Publish(TimeoutStep.Scheduled, TimeoutEvents.Outcomes.FoundLost, [.. found.Select(f => f.OrderNo)]);
        poller.Ring(found.Min(f => f.DueAt));
    }

    /// <summary>
    /// An entry leaves the queue after its order's commit: one that was missing while its order is still pending now is
    /// really lost, and was not just being finished.
    /// </summary>
    private async Task<IReadOnlyList<string>> StillPendingAsync(IReadOnlyList<string> orderNos, CancellationToken cancel)
    {
        if (orderNos.Count == 0) return orderNos;
        var facts = await orders.FactsAsync(orderNos, cancel);
        return [.. orderNos.Where(no => facts.TryGetValue(no, out var found) && found.Status == OrderStatus.Pending)];
    }

    /// <summary>
    /// Dead letters that were buried for what the queue said of them, not for what happened to their orders: a nonsensical
    /// score, or a number whose order was committed later. Where a pending order stands behind one, its deadline counts.
    /// </summary>
    private async Task<int> ScheduleWronglyBuriedAsync(CancellationToken cancel)
    {
        var pending = new List<ScheduledTimeout>();
        for (var page = 1; page <= MostDeadPages; page++)
        {
            var dead = await inspector.PageAsync(QueueState.Dead, page, DeadPageSize, cancel);
            var suspects = dead.Items.Where(d => d.Reason is DeadLetterReasons.AbsurdScore or DeadLetterReasons.UnknownOrder && OrderNumber.IsValid(d.OrderNo))
                .Select(d => d.OrderNo).ToArray();
            var facts = suspects.Length == 0 ? [] : await orders.FactsAsync(suspects, cancel);
            pending.AddRange(facts.Where(f => f.Value.Status == OrderStatus.Pending).Select(f => new ScheduledTimeout(f.Key, f.Value.ExpiresAt)));
            if (dead.Items.Count < DeadPageSize) break;
        }
        await ScheduleFoundAsync(pending, cancel);
        return pending.Count;
    }

    private async Task<(int Ghosts, int Walked)> RemoveGhostsAsync(Action<int, int> soFar, CancellationToken cancel)
    {
        var (ghosts, walked) = (0, 0);
        await foreach (var page in inspector.WalkAsync(cancel))
        {
            var facts = await orders.FactsAsync(page, cancel);
            // An unknown number stays: its order may be about to be committed, and when it is due it is told as what it is.
            var final = page.Where(no => facts.TryGetValue(no, out var found) && found.Status != OrderStatus.Pending).ToArray();
            if (final.Length > 0) await queue.UnscheduleAsync(final, cancel);
            (ghosts, walked) = (ghosts + final.Length, walked + page.Count);
            soFar(ghosts, walked);
        }
        return (ghosts, walked);
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (!options.Value.Enabled) return;
        var (whole, wholeAt) = (true, time.GetTimestamp());
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ReconcileAsync(whole, stop);
                if (whole) wholeAt = time.GetTimestamp();
                whole = await WholeWantedWithinAsync(Backoff.Jittered(options.Value.ReconcileInterval), stop) || time.GetElapsedTime(wholeAt) > WholeEvery;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (e is not StoreUnavailableException) LogFailed(e);
                await Task.Delay(Backoff.Jittered(TimeSpan.FromSeconds(1)), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> WholeWantedWithinAsync(TimeSpan span, CancellationToken stop)
    {
        using var timer = new CancellationTokenSource(span, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        try
        {
            await _wholeWanted.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _wholeWanted.Dispose();
    }

    [LoggerMessage(60, LogLevel.Information, "The queue was mended: {Lost} pending orders were not in it, {Ghosts} entries were of final orders ({Compared} orders and {Walked} entries compared)")]
    private partial void LogMended(int lost, int ghosts, int compared, int walked);

    [LoggerMessage(61, LogLevel.Error, "Comparing the queue with the database failed; the next round follows")]
    private partial void LogFailed(Exception error);
}
