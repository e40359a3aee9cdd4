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

    private const int Few = 50_000;
    private static readonly OrderFilter Everything = new();

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
        var now = await database.NowAsync(cancel);
        var orders = FilteredOrders.Where(db.Orders, filter, now);
        var found = filter == Everything ? Few + 1 : await orders.Take(Few + 1).CountAsync(cancel);
        var total = filter == Everything ? await orders.Take(CountLimit + 1).CountAsync(cancel) : found;
        // Few are found first and sorted then; of many, a walk in their order soon has enough. Either way the databases
        // do not search a long index for what is rare.
        var sorted = FilteredOrders.Sorted(found <= Few ? orders.Take(Few) : await WalkAsync(db, filter, sort, now, cancel), sort);
        var items = await sorted.Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancel);
        return new OrderPage(items, page, pageSize, Math.Min(total, CountLimit), total <= CountLimit);
    });

    private async Task<IQueryable<Order>> WalkAsync(OrdersDb db, OrderFilter filter, OrderSort sort, DateTimeOffset now, CancellationToken cancel)
    {
        var orders = FilteredOrders.Where(WalkedBy(db, sort), filter, now);
        return database.IsSqlite || (filter.CreatedFrom ?? filter.CreatedTo ?? filter.DeadlineFrom ?? filter.DeadlineTo) is null ? orders
            : await FilteredOrders.WhereTheyLieAsync(orders, sort, cancel);
    }

    /// <summary>SQLite would rather find all by the filter's index and sort them, however many they are; it has to be told which way to walk.</summary>
    private IQueryable<Order> WalkedBy(OrdersDb db, OrderSort sort) => (database.IsSqlite, sort) switch
    {
        (false, _) => db.Orders,
        (true, OrderSort.DeadlineFirst or OrderSort.DeadlineLast) => db.Orders.FromSql($"SELECT * FROM orders INDEXED BY ix_orders_expires_at"),
        (true, OrderSort.TotalHighest or OrderSort.TotalLowest) => db.Orders.FromSql($"SELECT * FROM orders INDEXED BY ix_orders_total"),
        _ => db.Orders.FromSql($"SELECT * FROM orders NOT INDEXED"),
    };

    /// <summary>The next orders of a view, for who reads all of it page by page while it changes.</summary>
    /// <param name="last">The last one of the page before; null for the first page.</param>
    /// <param name="count">1 to 1,000.</param>
    public Task<IReadOnlyList<Order>> NextAsync(OrderFilter filter, OrderSort sort, Order? last, int count, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        var orders = FilteredOrders.Where(db.Orders, filter, await database.NowAsync(cancel));
        if (last is not null) orders = FilteredOrders.After(orders, sort, last);
        return (IReadOnlyList<Order>)await FilteredOrders.Sorted(orders, sort).Take(count).ToListAsync(cancel);
    });

    /// <summary>The numbers of the first <paramref name="most"/> orders of a view, oldest first.</summary>
    public Task<IReadOnlyList<string>> NumbersAsync(OrderFilter filter, int most, CancellationToken cancel) => database.ReadAsync(async db =>
        (IReadOnlyList<string>)await FilteredOrders.Where(db.Orders, filter, await database.NowAsync(cancel)).OrderBy(o => o.Id).Take(most).Select(o => o.No).ToListAsync(cancel));

    /// <summary>Pending orders past their deadline, by the database's clock.</summary>
    public Task<OverdueOrders> OverdueAsync(CancellationToken cancel) => database.ReadRowsAsync("overdue_orders.sql", async reader =>
    {
        await reader.ReadAsync(cancel);
        return new OverdueOrders(reader.GetInt64(0), reader.NullableMoment(1));
    }, cancel);

    /// <summary>The latest changes of orders by any node, newest first.</summary>
    public Task<IReadOnlyList<RecentTransition>> RecentTransitionsAsync(int count, CancellationToken cancel) => database.ReadAsync(async db =>
        (IReadOnlyList<RecentTransition>)await db.OrderEvents.OrderByDescending(e => e.Id).Take(count)
            .Join(db.Orders, e => e.OrderId, o => o.Id, (e, o) => new { Event = e, o.No })
            .OrderByDescending(t => t.Event.Id)
            .Select(t => new RecentTransition(t.Event.Id, t.No, t.Event.Kind, t.Event.At, t.Event.Node, t.Event.Detail))
            .ToListAsync(cancel));
}
