using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Orders;

/// <summary>Cancels one order because somebody says so, by the same conditional write as an overdue one.</summary>
public sealed class CancelOrder(OrderDatabase database, OrderCanceller canceller, DeadlineScheduler deadlines, OrderQueries orders)
{
    public const int MaxReasonLength = 200;

    /// <param name="orderNo">The order.</param>
    /// <param name="reason">1 to 200 characters.</param>
    /// <exception cref="InvalidInputException">No reason, or too long a one.</exception>
    /// <exception cref="OrderRefusedException">Unknown order, or it is not pending any more.</exception>
    public async Task<Order> CancelAsync(string orderNo, string? reason, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReasonLength || reason.Any(char.IsControl))
            throw new InvalidInputException("reason", "1 to 200 characters on one line");
        while (true)
        {
            var order = await orders.RowAsync(orderNo, cancel)
                ?? throw new OrderRefusedException(OrderRefusedException.UnknownOrder, $"There is no order {orderNo}.");
            if (order.Status != OrderStatus.Pending)
                throw new OrderRefusedException(OrderRefusedException.NotPending, $"The order is {order.Status} and can not be cancelled.");
            var cancelled = await canceller.CancelAsync([new CancelTarget(order.Id, order.Version, reason)], reason, cancel);
            // Nothing changed: somebody paid, extended or cancelled it in between. The row tells which.
            if (cancelled.Count == 0) continue;
            deadlines.Unschedule(orderNo);
            return await database.ReadAsync(db => db.Orders.SingleAsync(o => o.Id == order.Id, cancel));
        }
    }
}
