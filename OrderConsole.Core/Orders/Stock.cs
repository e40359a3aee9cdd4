namespace OrderConsole.Core.Orders;

/// <summary>One SKU. <c>Available + Reserved + Sold</c> changes only when somebody sets the stock.</summary>
public sealed class Stock
{
    public string Sku { get; init; } = "";
    public long Available { get; set; }
    /// <summary>Held by pending orders.</summary>
    public long Reserved { get; set; }
    public long Sold { get; set; }
}

/// <summary>One movement of stock. Unique per order, SKU and reason, so that nothing is returned twice.</summary>
public sealed class StockMovement
{
    public long Id { get; init; }
    /// <summary>Null when somebody set the stock.</summary>
    public long? OrderId { get; init; }
    public string Sku { get; init; } = "";
    public StockReason Reason { get; init; }
    /// <summary>Pieces moved; for <see cref="StockReason.Set"/> the difference to what was available before.</summary>
    public long Quantity { get; init; }
    public DateTimeOffset At { get; init; }
}

public enum StockReason
{
    /// <summary>Available was set by hand.</summary>
    Set = 0,
    /// <summary>Available to reserved: an order was placed.</summary>
    Reserved = 1,
    /// <summary>Reserved to sold: it was paid.</summary>
    Sold = 2,
    /// <summary>Reserved to available: it was cancelled.</summary>
    Returned = 3,
    /// <summary>Available to sold: a cancelled order was paid late and taken up again.</summary>
    Reinstated = 4,
}
