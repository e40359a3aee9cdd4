using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Orders;

/// <summary>Everything about one order.</summary>
public sealed record OrderDetails(Order Order, IReadOnlyList<OrderEvent> Events, IReadOnlyList<Payment> Payments);

/// <summary>Which orders; what is null does not matter.</summary>
public sealed record OrderFilter
{
    public OrderStatus? Status { get; init; }
    /// <summary>The beginning of an order number.</summary>
    public string? Search { get; init; }
    /// <summary>True: pending and past its deadline; false: not so.</summary>
    public bool? Overdue { get; init; }
    public DateTimeOffset? CreatedFrom { get; init; }
    /// <summary>Up to but not including.</summary>
    public DateTimeOffset? CreatedTo { get; init; }
    public DateTimeOffset? DeadlineFrom { get; init; }
    /// <summary>Up to but not including.</summary>
    public DateTimeOffset? DeadlineTo { get; init; }
    public decimal? TotalFrom { get; init; }
    /// <summary>Up to and including.</summary>
    public decimal? TotalTo { get; init; }
    /// <summary>The whole reason of the cancel: <c>payment_timeout</c>, or what an operator wrote.</summary>
    public string? CancelReason { get; init; }
}

public enum OrderSort { Newest, Oldest, DeadlineFirst, DeadlineLast, TotalHighest, TotalLowest }

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

    /// <param name="page">From 1.</param>
    /// <param name="pageSize">1 to 200.</param>
    public Task<OrderPage> PageAsync(OrderFilter filter, OrderSort sort, int page, int pageSize, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        var orders = Where(db.Orders, filter, await database.NowAsync(cancel));
        var total = await orders.Take(CountLimit + 1).CountAsync(cancel);
        var items = await Sorted(orders, sort).Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancel);
        return new OrderPage(items, page, pageSize, Math.Min(total, CountLimit), total <= CountLimit);
    });

    /// <summary>The numbers of the first <paramref name="most"/> orders of a view, oldest first.</summary>
    public Task<IReadOnlyList<string>> NumbersAsync(OrderFilter filter, int most, CancellationToken cancel) => database.ReadAsync(async db =>
        (IReadOnlyList<string>)await Where(db.Orders, filter, await database.NowAsync(cancel)).OrderBy(o => o.Id).Take(most).Select(o => o.No).ToListAsync(cancel));

    private static IQueryable<Order> Where(IQueryable<Order> orders, OrderFilter filter, DateTimeOffset now)
    {
        if (filter.Status is { } status) orders = orders.Where(o => o.Status == status);
        if (filter.Overdue is true) orders = orders.Where(o => o.Status == OrderStatus.Pending && o.ExpiresAt <= now);
        if (filter.Overdue is false) orders = orders.Where(o => o.Status != OrderStatus.Pending || o.ExpiresAt > now);
        if (filter.CreatedFrom is { } createdFrom) orders = orders.Where(o => o.CreatedAt >= createdFrom);
        if (filter.CreatedTo is { } createdTo) orders = orders.Where(o => o.CreatedAt < createdTo);
        if (filter.DeadlineFrom is { } deadlineFrom) orders = orders.Where(o => o.ExpiresAt >= deadlineFrom);
        if (filter.DeadlineTo is { } deadlineTo) orders = orders.Where(o => o.ExpiresAt < deadlineTo);
        if (filter.TotalFrom is { } totalFrom) orders = orders.Where(o => o.Total >= totalFrom);
        if (filter.TotalTo is { } totalTo) orders = orders.Where(o => o.Total <= totalTo);
        if (filter.CancelReason is { } reason) orders = orders.Where(o => o.CancelReason == reason);
        if (filter.Search is { Length: > 0 } prefix)
        {
            // A range of the unique index: both databases compare order numbers byte by byte.
            var end = prefix + '\x7f';
            orders = orders.Where(o => string.Compare(o.No, prefix) >= 0 && string.Compare(o.No, end) < 0);
        }
        return orders;
    }

    private static IQueryable<Order> Sorted(IQueryable<Order> orders, OrderSort sort) => sort switch
    {
        OrderSort.Oldest => orders.OrderBy(o => o.Id),
        OrderSort.DeadlineFirst => orders.OrderBy(o => o.ExpiresAt).ThenBy(o => o.Id),
        OrderSort.DeadlineLast => orders.OrderByDescending(o => o.ExpiresAt).ThenByDescending(o => o.Id),
        OrderSort.TotalHighest => orders.OrderByDescending(o => o.Total).ThenByDescending(o => o.Id),
        OrderSort.TotalLowest => orders.OrderBy(o => o.Total).ThenBy(o => o.Id),
        _ => orders.OrderByDescending(o => o.Id),
    };

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
