using OrderConsole.Core.Data;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Diagnostics.WhyStillHere;

/// <summary>Asks every store about one order and decides what counts. A store that is away is part of the answer, no error.</summary>
public sealed class WhyReader(OrderQueries orders, IQueueInspector queue, ILockInspector locks, ClusterTotals cluster, TimeProvider time)
{
    /// <param name="text">What somebody takes for an order number.</param>
    public async Task<WhyAnswer> ReadAsync(string text, CancellationToken cancel)
    {
        if (!OrderNumber.IsValid(text)) return new(text, time.GetUtcNow(), Nothing(OrderPart.NoNumber, AwayPart.None), null, null, null, null, []);
        // The entry before the order: it leaves the queue after its order's commit.
        var (entryAsked, lockAsked) = (AskAsync(() => queue.FindAsync(text, cancel)), AskAsync(() => locks.FindAsync(text, cancel)));
        var ((entry, queueAway), (held, locksAway)) = (await entryAsked, await lockAsked);
        var (details, ordersAway) = await AskAsync(() => orders.FindAsync(text, cancel));
        var (figures, clusterAway) = await AskAsync(() => cluster.ReadAsync(cancel)!);
        string[] away = [.. new[] { ordersAway ?? clusterAway, queueAway, locksAway }.OfType<string>().Distinct()];
        if (figures is null || ordersAway is not null)
            return new(text, time.GetUtcNow(), Nothing(OrderPart.Unknown, AwayPart.Orders), null, entry, held, null, away);
        var situation = new Situation(
            SituationRule.OrderOf(details?.Order, figures.At), SituationRule.EntryOf(entry, details?.Order, figures), SituationRule.LockOf(held, figures),
            SituationRule.MoneyOf(details?.Payments ?? []), SituationRule.ProcessingOf(figures),
            queueAway is not null ? AwayPart.Queue : locksAway is not null ? AwayPart.Locks : AwayPart.None);
        return new(text, figures.At, situation, details, entry, held, figures, away);
    }

    private static Situation Nothing(OrderPart order, AwayPart away) => new(order, EntryPart.None, LockPart.Free, MoneyPart.Settled, ProcessingPart.Running, away);

    private static async Task<(T? Answer, string? Away)> AskAsync<T>(Func<Task<T?>> ask) where T : class
    {
        try
        {
            return (await ask(), null);
        }
        catch (StoreUnavailableException away)
        {
            return (null, away.Store);
        }
    }
}
