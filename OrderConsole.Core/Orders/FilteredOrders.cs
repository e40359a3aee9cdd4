using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Orders;

/// <summary>Filters and sorts as the databases' indexes like them.</summary>
internal static class FilteredOrders
{
    public static IQueryable<Order> Where(IQueryable<Order> orders, OrderFilter filter, DateTimeOffset now)
    {
        if (filter.Status is { } status) orders = WithStatus(orders, status);
        if (filter.Overdue is true) orders = orders.Where(o => o.Status == OrderStatus.Pending && o.ExpiresAt <= now);
        if (filter.Overdue is false) orders = orders.Where(o => o.Status != OrderStatus.Pending || o.ExpiresAt > now);
        if (filter.CreatedFrom is { } createdFrom) orders = orders.Where(o => o.CreatedAt >= createdFrom);
        if (filter.CreatedTo is { } createdTo) orders = orders.Where(o => o.CreatedAt < createdTo);
        if (filter.DeadlineFrom is { } deadlineFrom) orders = orders.Where(o => o.ExpiresAt >= deadlineFrom);
        if (filter.DeadlineTo is { } deadlineTo) orders = orders.Where(o => o.ExpiresAt < deadlineTo);
        if (filter.TotalFrom is { } totalFrom) orders = orders.Where(o => o.Total >= totalFrom);
        if (filter.TotalTo is { } totalTo) orders = orders.Where(o => o.Total <= totalTo);
        if (filter.CancelReason is { } reason) orders = WithReason(orders, reason);
        if (filter.Search is { Length: > 0 } prefix)
        {
            // A range of the unique index: both databases compare order numbers byte by byte.
            var end = prefix + '\x7f';
            orders = orders.Where(o => string.Compare(o.No, prefix) >= 0 && string.Compare(o.No, end) < 0);
        }
        return orders;
    }

    public static IQueryable<Order> Sorted(IQueryable<Order> orders, OrderSort sort) => sort switch
    {
        OrderSort.Oldest => orders.OrderBy(o => o.Id),
        OrderSort.DeadlineFirst => orders.OrderBy(o => o.ExpiresAt).ThenBy(o => o.Id),
        OrderSort.DeadlineLast => orders.OrderByDescending(o => o.ExpiresAt).ThenByDescending(o => o.Id),
        OrderSort.TotalHighest => orders.OrderByDescending(o => o.Total).ThenByDescending(o => o.Id),
        OrderSort.TotalLowest => orders.OrderBy(o => o.Total).ThenBy(o => o.Id),
        _ => orders.OrderByDescending(o => o.Id),
    };

    /// <summary>
    /// The same orders, with the stretch of the sort that they lie in. Those of one day lie together in their numbers and
    /// deadlines too; PostgreSQL does not know that and would walk to them from the end of the table.
    /// </summary>
    public static async Task<IQueryable<Order>> WhereTheyLieAsync(IQueryable<Order> orders, OrderSort sort, CancellationToken cancel)
    {
        if (sort is OrderSort.TotalHighest or OrderSort.TotalLowest) return orders;
        var ends = await orders.GroupBy(_ => 1).Select(all => new
        {
            FirstId = all.Min(o => o.Id), LastId = all.Max(o => o.Id), FirstDeadline = all.Min(o => o.ExpiresAt), LastDeadline = all.Max(o => o.ExpiresAt),
        }).SingleOrDefaultAsync(cancel);
        if (ends is null) return orders;
        return sort is OrderSort.DeadlineFirst or OrderSort.DeadlineLast
            ? orders.Where(o => o.ExpiresAt >= ends.FirstDeadline && o.ExpiresAt <= ends.LastDeadline)
            : orders.Where(o => o.Id >= ends.FirstId && o.Id <= ends.LastId);
    }

    /// <summary>What comes after an order in a sort.</summary>
    public static IQueryable<Order> After(IQueryable<Order> orders, OrderSort sort, Order last)
    {
        var (id, deadline, total) = (last.Id, last.ExpiresAt, last.Total);
        return sort switch
        {
            OrderSort.Oldest => orders.Where(o => o.Id > id),
            OrderSort.DeadlineFirst => orders.Where(o => o.ExpiresAt >= deadline && (o.ExpiresAt > deadline || o.Id > id)),
            OrderSort.DeadlineLast => orders.Where(o => o.ExpiresAt <= deadline && (o.ExpiresAt < deadline || o.Id < id)),
            OrderSort.TotalHighest => orders.Where(o => o.Total <= total && (o.Total < total || o.Id < id)),
            OrderSort.TotalLowest => orders.Where(o => o.Total >= total && (o.Total > total || o.Id > id)),
            _ => orders.Where(o => o.Id < id),
        };
    }

    // A literal, not a parameter: only then do the databases see that the index of pending orders serves.
    private static IQueryable<Order> WithStatus(IQueryable<Order> orders, OrderStatus status) =>
        status == OrderStatus.Pending ? orders.Where(o => o.Status == OrderStatus.Pending) : orders.Where(o => o.Status == status);

    // Said twice so that the index of the rare reasons serves.
    private static IQueryable<Order> WithReason(IQueryable<Order> orders, string reason) => reason == CancelUnpaidOrders.Reason
        ? orders.Where(o => o.CancelReason == reason)
        : orders.Where(o => o.CancelReason != null && o.CancelReason != CancelUnpaidOrders.Reason && o.CancelReason == reason);
}
