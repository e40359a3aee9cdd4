namespace OrderConsole.Core.Orders;

/// <summary>A payment as it was reported; recorded whatever the order's state, never dropped.</summary>
public sealed class Payment
{
    /// <summary>The payment side's id, unique over all orders: the key that makes a repeated report harmless.</summary>
    public string PaymentId { get; init; } = "";
    public long OrderId { get; init; }
    public decimal Amount { get; init; }
    /// <summary>When the customer paid, as reported.</summary>
    public DateTimeOffset PaidAt { get; init; }
    /// <summary>When the report came in.</summary>
    public DateTimeOffset ReceivedAt { get; init; }
    public PaymentOutcome Outcome { get; init; }
    /// <summary>What a person decided about money that paid nothing; null until then.</summary>
    public PaymentDecision? Decision { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecidedBy { get; set; }
    /// <summary>The payment side's reference of the refund.</summary>
    public string? DecisionReference { get; set; }
}

/// <summary>What a person decided about a late or duplicate payment. The numbers are stored.</summary>
public enum PaymentDecision
{
    /// <summary>The money went back.</summary>
    Refunded = 0,
    /// <summary>The order was taken up again and is paid by it.</summary>
    Reinstated = 1,
}

/// <summary>What a payment did. The numbers are stored.</summary>
public enum PaymentOutcome
{
    /// <summary>It paid the order.</summary>
    Paid = 0,
    /// <summary>The order was cancelled already: to be refunded or reinstated by a person.</summary>
    Late = 1,
    /// <summary>Another payment had paid the order already: to be refunded.</summary>
    Duplicate = 2,
}
