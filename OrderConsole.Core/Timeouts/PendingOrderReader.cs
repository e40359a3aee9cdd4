using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;

namespace OrderConsole.Core.Timeouts;

/// <summary>What the reconciler compares the queue with, in pages.</summary>
public sealed class PendingOrderReader(OrderDatabase database)
{
    /// <summary>A pending order's place in the order of deadlines, to go on from.</summary>
    public readonly record struct Place(DateTimeOffset ExpiresAt, long Id)
    {
        public static Place Start { get; } = new(DateTimeOffset.UnixEpoch, 0);
    }

    public readonly record struct Pending(long Id, string No, DateTimeOffset ExpiresAt, DateTimeOffset CreatedAt)
    {
        public Place Place => new(ExpiresAt, Id);
    }

    /// <summary>Pending orders in ascending order of their deadlines.</summary>
    /// <param name="until">Only those that expire up to then; null for all.</param>
    public Task<List<Pending>> PageAsync(Place after, DateTimeOffset? until, CancellationToken cancel) => database.ReadAsync(db =>
    {
        var pending = db.Orders.Where(o => o.Status == OrderStatus.Pending)
            .Where(o => o.ExpiresAt >= after.ExpiresAt && (o.ExpiresAt > after.ExpiresAt || o.Id > after.Id));
        if (until is { } end) pending = pending.Where(o => o.ExpiresAt <= end);
        return pending.OrderBy(o => o.ExpiresAt).ThenBy(o => o.Id).Take(ITimeoutQueue.MaxEntriesPerCall)
            .Select(o => new Pending(o.Id, o.No, o.ExpiresAt, o.CreatedAt)).ToListAsync(cancel);
    });
}
