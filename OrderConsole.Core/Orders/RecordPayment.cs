using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Orders;

/// <summary>A payment as the payment side reports it.</summary>
/// <param name="PaymentId">1 to 128 visible ASCII characters; the same id again has no second effect.</param>
/// <param name="Amount">In the order's currency.</param>
/// <param name="PaidAt">When the customer paid; null means now.</param>
public sealed record PaymentReport(string? PaymentId, decimal Amount, DateTimeOffset? PaidAt)
{
    public const int MaxPaymentIdLength = 128;

    public static bool IsPaymentId(string? text) => text is { Length: >= 1 and <= MaxPaymentIdLength } && text.All(c => c is > ' ' and < (char)127);

    /// <exception cref="InvalidInputException">Names the first field that is wrong and what is allowed.</exception>
    public void Validate()
    {
        if (!IsPaymentId(PaymentId))
            throw new InvalidInputException("paymentId", "1 to 128 visible ASCII characters without spaces");
        if (Amount < 0 || Amount > PlaceOrderRequest.MaxTotal || decimal.Round(Amount, 4) != Amount)
            throw new InvalidInputException("amount", "0 to 1,000,000,000,000 with at most 4 decimals");
    }
}

/// <summary>
/// Records payments: the mirror of the cancel. Whoever changes the order's row first has won; a payment that comes
/// second is kept for a person to refund or reinstate, and never reopens the order.
/// </summary>
public sealed class RecordPayment(OrderDatabase database, DeadlineScheduler deadlines, TimeProvider time)
{
    /// <returns>What the payment did; the same for the same payment id, however often it is reported.</returns>
    /// <exception cref="InvalidInputException">A field is wrong.</exception>
    /// <exception cref="OrderRefusedException">Unknown order, an amount that is not the order's total, or the id of another order's payment.</exception>
    public async Task<PaymentOutcome> RecordAsync(string orderNo, PaymentReport report, CancellationToken cancel)
    {
        report.Validate();
        var outcome = await database.WriteAsync(async db =>
        {
            var order = await database.LockedOrder(db, orderNo).Include(o => o.Lines).SingleOrDefaultAsync(cancel)
                ?? throw new OrderRefusedException(OrderRefusedException.UnknownOrder, $"There is no order {orderNo}.");
            if (await db.Payments.FindAsync([report.PaymentId], cancel) is { } earlier)
                return EarlierOutcome(earlier, order);
            var now = time.GetUtcNow();
            var outcome = Apply(order, report, now);
            db.Add(new Payment
            {
                PaymentId = report.PaymentId!, OrderId = order.Id, Amount = report.Amount, PaidAt = report.PaidAt ?? now, ReceivedAt = now, Outcome = outcome,
            });
            db.Add(new OrderEvent
            {
                OrderId = order.Id, Version = order.Version, At = now, Node = Node.ThisProcess.Name, Detail = report.PaymentId,
                Kind = outcome == PaymentOutcome.Paid ? OrderEventKind.Paid : OrderEventKind.PaymentRecorded,
            });
            // The stock after the order, in ascending order: the same way round as the cancel goes.
            await db.SaveChangesAsync(cancel);
            if (outcome == PaymentOutcome.Paid) await SellAsync(db, order, now, cancel);
            return outcome;
        }, cancel);
        if (outcome == PaymentOutcome.Paid) deadlines.Unschedule(orderNo);
        return outcome;
    }

    private static PaymentOutcome Apply(Order order, PaymentReport report, DateTimeOffset now)
    {
        if (order.Status != OrderStatus.Pending)
        {
            order.RecordExtraPayment();
            return order.Status == OrderStatus.Cancelled ? PaymentOutcome.Late : PaymentOutcome.Duplicate;
        }
        if (report.Amount != order.Total)
            throw new OrderRefusedException(OrderRefusedException.AmountMismatch, $"The order's total is {order.Total:0.####} {order.Currency}, the payment {report.Amount:0.####}.");
        order.Pay(report.PaidAt ?? now);
        return PaymentOutcome.Paid;
    }

    private static async Task SellAsync(OrdersDb db, Order order, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var (sku, quantity) in order.Demand())
        {
            await db.Stock.Where(s => s.Sku == sku).ExecuteUpdateAsync(set => set
                .SetProperty(s => s.Reserved, s => s.Reserved - quantity)
                .SetProperty(s => s.Sold, s => s.Sold + quantity), cancel);
            db.Add(new StockMovement { OrderId = order.Id, Sku = sku, Reason = StockReason.Sold, Quantity = quantity, At = now });
        }
        await db.SaveChangesAsync(cancel);
    }

    private static PaymentOutcome EarlierOutcome(Payment earlier, Order order) => earlier.OrderId == order.Id
        ? earlier.Outcome
        : throw new OrderRefusedException(OrderRefusedException.PaymentIdReused, $"Payment {earlier.PaymentId} was reported for another order.");
}
