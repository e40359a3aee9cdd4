namespace OrderConsole.Core.Orders;

/// <summary>One change of an order; exactly one for each version of its row.</summary>
public sealed class OrderEvent
{
    public long Id { get; init; }
    public long OrderId { get; init; }
    /// <summary>The version that the change made.</summary>
    public long Version { get; init; }
    public OrderEventKind Kind { get; init; }
    public DateTimeOffset At { get; init; }
    /// <summary>The node that wrote it.</summary>
    public string Node { get; init; } = "";
    /// <summary>Why, or what exactly, in words or as JSON; null when the kind says it all.</summary>
    public string? Detail { get; init; }
}

/// <summary>What happened to an order. The numbers are stored.</summary>
public enum OrderEventKind
{
    Scheduled = 0,
    Paid = 1,
    Cancelled = 2,
    Extended = 3,
    /// <summary>Money came for an order that was cancelled or paid already.</summary>
    PaymentRecorded = 4,
    /// <summary>A cancelled order was taken up again with its late payment.</summary>
    Reinstated = 5,
    /// <summary>A late or duplicate payment went back.</summary>
    Refunded = 6,
    /// <summary>Its lock was taken from the holder; whoever works from what it read before changes nothing.</summary>
    ForceUnlocked = 7,
}
