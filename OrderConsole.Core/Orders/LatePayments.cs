using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Orders;

/// <summary>Money that paid nothing: it came after the cancel, or a second time.</summary>
/// <param name="Total">What the order costs; only a payment of exactly that can reinstate it.</param>
/// <param name="AfterDeadline">From the deadline to the payment; negative when it was paid in time and reported late.</param>
/// <param name="AfterCancel">From the cancel to the payment, negative likewise; null when the order was never cancelled.</param>
/// <param name="MissingSku">The first SKU of which there is too little to take the order up again; null when all is there.</param>
/// <param name="Reference">The payment side's reference of the refund.</param>
public sealed record LatePayment(
    string PaymentId, string OrderNo, OrderStatus OrderStatus, PaymentOutcome Outcome, decimal Amount, decimal Total, string Currency,
    DateTimeOffset PaidAt, DateTimeOffset ReceivedAt, TimeSpan AfterDeadline, TimeSpan? AfterCancel, string? MissingSku,
    PaymentDecision? Decision, DateTimeOffset? DecidedAt, string? DecidedBy, string? Reference)
{
    public bool StockIsThere => MissingSku is null;

    /// <summary>Whether the order can be reinstated with it, as far as can be seen now.</summary>
    public bool CanReinstate => Decision is null && OrderStatus == OrderStatus.Cancelled && Amount == Total && StockIsThere;
}

public sealed record LatePaymentPage(IReadOnlyList<LatePayment> Items, int Page, int PageSize, long Total);

/// <summary>Late and duplicate payments, for whoever decides about them.</summary>
public sealed class LatePayments(OrderDatabase database)
{
    /// <summary>How many wait for a decision.</summary>
    public Task<long> CountUndecidedAsync(CancellationToken cancel) => database.ReadAsync(db => Undecided(db).LongCountAsync(cancel));

    /// <summary>The ids of those that wait for a decision, the one that waits longest first.</summary>
    public Task<IReadOnlyList<string>> UndecidedIdsAsync(int most, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<string>>(async db =>
        await Undecided(db).OrderBy(p => p.ReceivedAt).ThenBy(p => p.PaymentId).Select(p => p.PaymentId).Take(most).ToListAsync(cancel));

    /// <summary>A page: undecided ones, the one that waits longest first; or decided ones, the latest decision first.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">1 to 200.</param>
    public Task<LatePaymentPage> PageAsync(bool decided, int page, int pageSize, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        var all = decided ? db.Payments.Where(p => p.Decision != null) : Undecided(db);
        var ordered = decided ? all.OrderByDescending(p => p.DecidedAt).ThenBy(p => p.PaymentId) : all.OrderBy(p => p.ReceivedAt).ThenBy(p => p.PaymentId);
        var payments = await ordered.Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancel);
        return new LatePaymentPage(await WithOrdersAsync(db, payments, cancel), page, pageSize, await all.LongCountAsync(cancel));
    });

    /// <summary>One, or null when there is no such payment or it paid its order.</summary>
    public Task<LatePayment?> FindAsync(string paymentId, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        var found = await db.Payments.Where(p => p.PaymentId == paymentId && p.Outcome != PaymentOutcome.Paid).ToListAsync(cancel);
        return found.Count == 0 ? null : (await WithOrdersAsync(db, found, cancel))[0];
    });

    private static IQueryable<Payment> Undecided(OrdersDb db) => db.Payments.Where(p => p.Outcome != PaymentOutcome.Paid && p.Decision == null);

    private static async Task<IReadOnlyList<LatePayment>> WithOrdersAsync(OrdersDb db, List<Payment> payments, CancellationToken cancel)
    {
        if (payments.Count == 0) return [];
        var ids = payments.Select(p => p.OrderId).Distinct().ToArray();
        var orders = await db.Orders.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        // From the timeline: the row of an order that was reinstated has forgotten its cancel.
        var cancelledAt = await db.OrderEvents.Where(e => ids.Contains(e.OrderId) && e.Kind == OrderEventKind.Cancelled)
            .Select(e => new { e.OrderId, e.At }).ToDictionaryAsync(e => e.OrderId, e => e.At, cancel);
        var shortOf = await ShortOfStockAsync(db, ids, cancel);
        return [.. payments.Select(p =>
        {
            var order = orders[p.OrderId];
            return new LatePayment(p.PaymentId, order.No, order.Status, p.Outcome, p.Amount, order.Total, order.Currency, p.PaidAt, p.ReceivedAt,
                p.PaidAt - order.ExpiresAt, cancelledAt.TryGetValue(order.Id, out var at) ? p.PaidAt - at : null, shortOf.GetValueOrDefault(order.Id),
                p.Decision, p.DecidedAt, p.DecidedBy, p.DecisionReference);
        })];
    }

    private static async Task<Dictionary<long, string>> ShortOfStockAsync(OrdersDb db, long[] orderIds, CancellationToken cancel)
    {
        var demand = await db.OrderLines.Where(l => orderIds.Contains(l.OrderId))
            .GroupBy(l => new { l.OrderId, l.Sku }).Select(g => new { g.Key.OrderId, g.Key.Sku, Quantity = g.Sum(l => (long)l.Quantity) }).ToListAsync(cancel);
        var skus = demand.Select(d => d.Sku).Distinct().ToArray();
        var available = await db.Stock.Where(s => skus.Contains(s.Sku)).ToDictionaryAsync(s => s.Sku, s => s.Available, StringComparer.Ordinal, cancel);
        return demand.Where(d => available.GetValueOrDefault(d.Sku) < d.Quantity)
            .GroupBy(d => d.OrderId).ToDictionary(g => g.Key, g => g.Select(d => d.Sku).Min(StringComparer.Ordinal)!);
    }
}
