using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Diagnostics.WhyStillHere;

/// <summary>Reduces what the stores say to a <see cref="Situation"/>. Pure.</summary>
public static class SituationRule
{
    // Younger orders may still be on their way from the commit to the queue.
    private static readonly TimeSpan HandOver = TimeSpan.FromSeconds(5);
    // A poller goes its round twice a second; one that has not for this long hangs or is switched off.
    private static readonly TimeSpan PollerSilence = TimeSpan.FromSeconds(30);

    public static OrderPart OrderOf(Order? order, DateTimeOffset now) => order switch
    {
        null => OrderPart.Unknown,
        { Status: OrderStatus.Paid } => OrderPart.Paid,
        { Status: OrderStatus.Cancelled } => OrderPart.Cancelled,
        _ => order.ExpiresAt <= now ? OrderPart.Overdue : OrderPart.NotDue,
    };

    public static EntryPart EntryOf(QueueEntry? entry, Order? order, ClusterFigures cluster) => entry switch
    {
        null => order is not null && order.CreatedAt > cluster.At - HandOver ? EntryPart.NotYet : EntryPart.None,
        { State: QueueState.Dead } => EntryPart.Dead,
        { State: QueueState.Claimed } => ClaimOf(entry, cluster),
        { State: QueueState.Retrying } => EntryPart.Retrying,
        { State: QueueState.Due } => EntryPart.Due,
        _ => order is not null && DriftRule.Judge(entry.OrderNo, entry, FactsOf(order), cluster.At) == DriftClass.WrongDueTime ? EntryPart.WrongTime : EntryPart.Scheduled,
    };

    public static LockPart LockOf(LockInfo? held, ClusterFigures cluster) => held switch
    {
        null => LockPart.Free,
        { IsLeaked: true } => LockPart.Leaked,
        { IsForeign: true } => LockPart.Foreign,
        _ => cluster.Nodes.Any(n => n.Name == held.Owner) ? LockPart.Held : LockPart.HeldBySilent,
    };

    public static MoneyPart MoneyOf(IReadOnlyList<Payment> payments) =>
        payments.Any(p => p is { Outcome: not PaymentOutcome.Paid, Decision: null }) ? MoneyPart.Undecided : MoneyPart.Settled;

    public static ProcessingPart ProcessingOf(ClusterFigures cluster) =>
        cluster.Pause is not null ? ProcessingPart.Paused
        : cluster.Nodes.Any(n => IsProcessing(n, cluster.At)) ? ProcessingPart.Running
        : ProcessingPart.Nobody;

    /// <summary>Whether a console has looked for due orders lately.</summary>
    public static bool IsProcessing(NodeRow node, DateTimeOffset now) => node.PolledAt > now - PollerSilence;

    private static EntryPart ClaimOf(QueueEntry entry, ClusterFigures cluster) =>
        entry.LeaseUntil < cluster.At - DriftRule.StuckAfter ? EntryPart.ClaimStuck
        : entry.LeaseUntil < cluster.At ? EntryPart.ClaimOver
        : cluster.Nodes.Any(n => n.Name == entry.Owner) ? EntryPart.Claimed
        : EntryPart.ClaimedBySilent;

    private static OrderFacts FactsOf(Order order) => new(order.Id, order.Status, order.Version, order.ExpiresAt);
}
