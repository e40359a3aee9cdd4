using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;

namespace OrderConsole.Core.Operations;

/// <summary>Payments that paid nothing, with their orders, as actions decide about them.</summary>
internal sealed record PaymentsToDecide(IReadOnlyDictionary<string, Payment> Payments, IReadOnlyDictionary<long, Order> Orders)
{
    /// <summary>Why nothing is to be decided about a payment, or null when it waits for a decision.</summary>
    public string? Refusal(string paymentId) => !Payments.TryGetValue(paymentId, out var payment) ? RefusalCodes.UnknownPayment
        : payment.Outcome == PaymentOutcome.Paid ? RefusalCodes.NothingToDecide
        : payment.Decision is not null ? RefusalCodes.DecidedAlready
        : null;

    public Order OrderOf(string paymentId) => Orders[Payments[paymentId].OrderId];
}

/// <summary>
/// Reads and writes decisions about payments. A decision is made under the lock of its order's row, like a payment and a
/// cancel, so two of them can not both be right.
/// </summary>
internal static class PaymentDecisions
{
    public static Task<PaymentsToDecide> ReadAsync(OrderDatabase database, IReadOnlyList<string> paymentIds, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        var payments = await db.Payments.Where(p => paymentIds.Contains(p.PaymentId)).ToDictionaryAsync(p => p.PaymentId, StringComparer.Ordinal, cancel);
        var ids = payments.Values.Select(p => p.OrderId).Distinct().ToArray();
        return new PaymentsToDecide(payments, await db.Orders.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel));
    });

    /// <summary>The same within a unit of work: the orders' rows are locked in ascending order, then the payments are read.</summary>
    public static async Task<PaymentsToDecide> LockAsync(OrderDatabase database, OrdersDb db, IReadOnlyList<string> paymentIds, CancellationToken cancel)
    {
        var ids = await db.Payments.Where(p => paymentIds.Contains(p.PaymentId)).Select(p => p.OrderId).Distinct().ToListAsync(cancel);
        var orders = await database.LockedOrders(db, ids).ToDictionaryAsync(o => o.Id, cancel);
        var payments = await db.Payments.AsNoTracking().Where(p => paymentIds.Contains(p.PaymentId)).ToDictionaryAsync(p => p.PaymentId, StringComparer.Ordinal, cancel);
        return new PaymentsToDecide(payments, orders);
    }

    /// <exception cref="DbUpdateConcurrencyException">Somebody has decided about one of them already; the unit of work is run again.</exception>
    public static async Task DecideAsync(
        OrdersDb db, IReadOnlyList<string> paymentIds, PaymentDecision decision, string by, string? reference, DateTimeOffset now, CancellationToken cancel)
    {
        if (paymentIds.Count == 0) return;
        var decided = await db.Payments
            .Where(p => paymentIds.Contains(p.PaymentId) && p.Decision == null && p.Outcome != PaymentOutcome.Paid)
            .ExecuteUpdateAsync(set => set
                .SetProperty(p => p.Decision, decision).SetProperty(p => p.DecidedAt, now)
                .SetProperty(p => p.DecidedBy, by).SetProperty(p => p.DecisionReference, reference), cancel);
        if (decided != paymentIds.Count) throw new DbUpdateConcurrencyException($"{paymentIds.Count - decided} payments were decided by somebody else.");
    }
}
