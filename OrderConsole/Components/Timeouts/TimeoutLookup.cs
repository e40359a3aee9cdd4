using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Components.Timeouts;

/// <summary>What the queue, and if it knows nothing, what the database says of one number.</summary>
/// <param name="Entry">Null when the queue does not know it.</param>
/// <param name="Order">Null when no order has this number.</param>
public sealed record TimeoutLookup(string Name, QueueEntry? Entry, OrderFacts? Order, DateTimeOffset At)
{
    /// <summary>Why the queue does not know it: a key of texts.</summary>
    public string Absence => Order switch
    {
        { Status: OrderStatus.Pending } => "Lost",
        { } => "Final",
        null => OrderNumber.IsValid(Name) ? "NoOrder" : "NoNumber",
    };

    public static async Task<TimeoutLookup> ReadAsync(string name, IQueueInspector queue, OverdueOrderReader orders, TimeProvider time, CancellationToken cancel)
    {
        var entry = await queue.FindAsync(name, cancel);
        var facts = OrderNumber.IsValid(name) ? await orders.FactsAsync([name], cancel) : [];
        return new(name, entry, facts.TryGetValue(name, out var order) ? order : null, time.GetUtcNow());
    }
}

/// <summary>A page of the queue and when it was read.</summary>
public sealed record TimeoutList(QueuePage Page, DateTimeOffset At);
