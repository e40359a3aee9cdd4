using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Orders;

/// <summary>Everything about one order.</summary>
public sealed record OrderDetails(Order Order, IReadOnlyList<OrderEvent> Events, IReadOnlyList<Payment> Payments);

/// <param name="Search">The beginning of an order number.</param>
/// <param name="Overdue">True: pending and past its deadline; false: not so; null: both.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">1 to 200.</param>
public sealed record OrderFilter(OrderStatus? Status, string? Search, bool? Overdue, int Page, int PageSize);

/// <param name="Total">How many there are; counted up to <see cref="OrderQueries.CountLimit"/>, then <paramref name="TotalIsExact"/> is false.</param>
public sealed record OrderPage(IReadOnlyList<Order> Items, int Page, int PageSize, long Total, bool TotalIsExact);

public sealed record OverdueOrders(long Count, DateTimeOffset? OldestDeadline);

public sealed record RecentTransition(long Id, string OrderNo, OrderEventKind Kind, DateTimeOffset At, string Node, string? Detail);

/// <summary>The questions that screens, programs and the reconciler ask about orders.</summary>
public sealed class OrderQueries(OrderDatabase database)
{
    public const int CountLimit = 10_000;

    /// <summary>The row alone, or null.</summary>
    public Task<Order?> RowAsync(string orderNo, CancellationToken cancel) =>
        database.ReadAsync(db => db.Orders.SingleOrDefaultAsync(o => o.No == orderNo, cancel));

    public Task<OrderDetails?> FindAsync(string orderNo, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        var order = await db.Orders.Include(o => o.Lines.OrderBy(l => l.LineNo)).SingleOrDefaultAsync(o => o.No == orderNo, cancel);
        if (order is null) return null;
        var events = await db.OrderEvents.Where(e => e.OrderId == order.Id).OrderBy(e => e.Version).ToListAsync(cancel);
        var payments = await db.Payments.Where(p => p.OrderId == order.Id).OrderBy(p => p.ReceivedAt).ToListAsync(cancel);
        return new OrderDetails(order, events, payments);
    });

    /// <summary>Newest first.</summary>
    public Task<OrderPage> PageAsync(OrderFilter filter, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        var now = await database.NowAsync(cancel);
        var orders = db.Orders.AsQueryable();
        if (filter.Status is { } status) orders = orders.Where(o => o.Status == status);
        if (filter.Overdue is true) orders = orders.Where(o => o.Status == OrderStatus.Pending && o.ExpiresAt <= now);
        if (filter.Overdue is false) orders = orders.Where(o => o.Status != OrderStatus.Pending || o.ExpiresAt > now);
        if (filter.Search is { Length: > 0 } prefix)
        {
            // A range of the unique index: both databases compare order numbers byte by byte.
            var end = prefix + '\x7f';
            orders = orders.Where(o => string.Compare(o.No, prefix) >= 0 && string.Compare(o.No, end) < 0);
        }
        var total = await orders.Take(CountLimit + 1).CountAsync(cancel);
        var items = await orders.OrderByDescending(o => o.Id).Skip((filter.Page - 1) * filter.PageSize).Take(filter.PageSize).ToListAsync(cancel);
        return new OrderPage(items, filter.Page, filter.PageSize, Math.Min(total, CountLimit), total <= CountLimit);
    });

    /// <summary>Pending orders past their deadline, by the database's clock.</summary>
    public Task<OverdueOrders> OverdueAsync(CancellationToken cancel) => database.ReadAsync(async db =>
    {
        var now = await database.NowAsync(cancel);
        var overdue = db.Orders.Where(o => o.Status == OrderStatus.Pending && o.ExpiresAt <= now);
        var count = await overdue.LongCountAsync(cancel);
        return new OverdueOrders(count, count == 0 ? null : await overdue.MinAsync(o => (DateTimeOffset?)o.ExpiresAt, cancel));
    });

    /// <summary>The latest changes of orders by any node, newest first.</summary>
    public Task<IReadOnlyList<RecentTransition>> RecentTransitionsAsync(int count, CancellationToken cancel) => database.ReadAsync(async db =>
        (IReadOnlyList<RecentTransition>)await db.OrderEvents.OrderByDescending(e => e.Id).Take(count)
            .Join(db.Orders, e => e.OrderId, o => o.Id, (e, o) => new { Event = e, o.No })
            .OrderByDescending(t => t.Event.Id)
            .Select(t => new RecentTransition(t.Event.Id, t.No, t.Event.Kind, t.Event.At, t.Event.Node, t.Event.Detail))
            .ToListAsync(cancel));
}
