using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Orders;

/// <summary>Gives a pending order a later deadline.</summary>
public sealed class ExtendOrder(OrderDatabase database, DeadlineScheduler deadlines, TimeProvider time)
{
    /// <param name="orderNo">The order.</param>
    /// <param name="by">How much later, 1 s to 30 days.</param>
    /// <exception cref="InvalidInputException"><paramref name="by"/> is out of range.</exception>
    /// <exception cref="OrderRefusedException">Unknown order, or it is not pending any more.</exception>
    public async Task<Order> ExtendAsync(string orderNo, TimeSpan by, CancellationToken cancel)
    {
        if (by < PlaceOrderRequest.MinPaymentWindow || by > PlaceOrderRequest.MaxPaymentWindow)
            throw new InvalidInputException("by", "\"00:00:01\" to \"30.00:00:00\"");
        var extended = await database.WriteAsync(async db =>
        {
            var order = await database.LockedOrder(db, orderNo).SingleOrDefaultAsync(cancel)
                ?? throw new OrderRefusedException(OrderRefusedException.UnknownOrder, $"There is no order {orderNo}.");
            if (order.Status != OrderStatus.Pending)
                throw new OrderRefusedException(OrderRefusedException.NotPending, $"The order is {order.Status} and can not be extended.");
            order.Extend(by);
            db.Add(new OrderEvent
            {
                OrderId = order.Id, Version = order.Version, Kind = OrderEventKind.Extended, At = time.GetUtcNow(), Node = Node.ThisProcess.Name,
                Detail = by.ToString("c"),
            });
            await db.SaveChangesAsync(cancel);
            return order;
        }, cancel);
        deadlines.Schedule([new(extended.No, extended.ExpiresAt)]);
        return extended;
    }
}
