using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Diagnostics.Drift;

/// <summary>Whether what two stores say of one name fits together. Pure decisions on facts, without stores.</summary>
public static class DriftRule
{
    /// <summary>Programs may queue whole seconds where the database has milliseconds.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);
    /// <summary>How long after its lease a claim is stuck: two looks of the slowest recoverer that one would run in earnest.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);
    /// <summary>How long a lock may outlive the end of its order's work before somebody should look.</summary>
    public static readonly TimeSpan LockGrace = TimeSpan.FromSeconds(10);

    /// <param name="entry">What the queue has, or null when it knows nothing.</param>
    /// <param name="order">The order's row, read after <paramref name="entry"/>: an entry leaves after its order's commit. Null when there is none.</param>
    /// <param name="now">The queue's clock.</param>
    /// <returns>Null when they fit, or soon will by themselves.</returns>
    public static DriftClass? Judge(string name, QueueEntry? entry, OrderFacts? order, DateTimeOffset now)
    {
        var isPending = order is { Status: OrderStatus.Pending };
        return entry switch
        {
            null => isPending ? DriftClass.Lost : null,
            { State: QueueState.Claimed } => entry.LeaseUntil < now - StuckAfter ? DriftClass.StuckClaim : null,
            _ when !OrderNumber.IsValid(name) => DriftClass.Malformed,
            _ when !isPending => DriftClass.Ghost,
            { State: QueueState.Dead } => DriftClass.DeadLetter,
            // One that is due is looked at at once, and goes to its order's deadline if that is later.
            { State: QueueState.Scheduled } => (entry.DueAt - order!.Value.ExpiresAt).Duration() > Tolerance ? DriftClass.WrongDueTime : null,
            _ => null,
        };
    }

    /// <param name="order">The order's row, or null when there is none.</param>
    public static DriftClass? Judge(LockInfo held, OrderFacts? order, DateTimeOffset now) =>
        held.IsLeaked ? DriftClass.LeakedLock
        : order is { Status: not OrderStatus.Pending } && held.AcquiredAt < now - LockGrace ? DriftClass.FinalLock
        : null;
}
