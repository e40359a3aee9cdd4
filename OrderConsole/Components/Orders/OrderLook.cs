using OrderConsole.Core.Locks;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;

namespace OrderConsole.Components.Orders;

/// <summary>Everything the console knows about one order at one moment.</summary>
public sealed record OrderLook(
    OrderDetails Details, QueueEntry? Entry, LockInfo? Lock, IReadOnlyList<StockMovement> Ledger, OperationPage Operations, DateTimeOffset At)
{
    public Order Order => Details.Order;
    public bool IsPending => Order.Status == OrderStatus.Pending;
    /// <summary>Nothing moves by itself any more.</summary>
    public bool IsFinal => !IsPending && Lock is null && Entry is null or { State: QueueState.Dead };
    /// <summary>The queue does not work towards its deadline, or only later.</summary>
    public bool CanRequeue => IsPending && Entry is null or { State: QueueState.Dead or QueueState.Retrying };
}

/// <summary>Reads an order from all stores.</summary>
public sealed class OrderReader(OrderQueries orders, StockLevels stock, IQueueInspector queue, ILockInspector locks, OperationQueries operations, TimeProvider time)
{
    private const int MostOperations = 5;

    /// <summary>All of it, or null when there is no such order.</summary>
    public async Task<OrderLook?> ReadAsync(string no, CancellationToken cancel)
    {
        if (!OrderNumber.IsValid(no) || await orders.FindAsync(no, cancel) is not { } details) return null;
        return new(details, await queue.FindAsync(no, cancel), await locks.FindAsync(no, cancel), await stock.MovementsAsync(details.Order.Id, cancel),
            await operations.PageAsync(no, 1, MostOperations, cancel), time.GetUtcNow());
    }

    /// <summary>The same order a little later: only what can have changed is read.</summary>
    public async Task<OrderLook?> AgainAsync(OrderLook before, CancellationToken cancel)
    {
        var no = before.Order.No;
        var row = await orders.RowAsync(no, cancel);
        return row?.Version != before.Order.Version ? await ReadAsync(no, cancel)
            : before with { Entry = await queue.FindAsync(no, cancel), Lock = await locks.FindAsync(no, cancel), At = time.GetUtcNow() };
    }
}
