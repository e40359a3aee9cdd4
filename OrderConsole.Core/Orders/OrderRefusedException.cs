namespace OrderConsole.Core.Orders;

/// <summary>The order's state, or the stock, does not allow what was asked. Nothing was changed.</summary>
/// <param name="code">A stable word for programs: one of the constants.</param>
/// <param name="message">What is in the way, for people.</param>
public sealed class OrderRefusedException(string code, string message) : Exception(message)
{
    public const string OutOfStock = "out_of_stock";
    public const string UnknownSku = "unknown_sku";
    public const string DuplicateOrderNo = "duplicate_order_no";
    public const string IdempotencyKeyReused = "idempotency_key_reused";
    public const string UnknownOrder = "unknown_order";
    public const string NotPending = "not_pending";
    public const string PaymentIdReused = "payment_id_reused";
    public const string AmountMismatch = "amount_mismatch";

    public string Code { get; } = code;
}

/// <summary>A value is outside of what is allowed. Nothing was changed.</summary>
/// <param name="field">The path of the field as the caller wrote it: <c>lines[0].quantity</c>.</param>
/// <param name="allowed">What is allowed, for people.</param>
public sealed class InvalidInputException(string field, string allowed) : Exception($"{field}: {allowed}")
{
    public string Field { get; } = field;
    public string Allowed { get; } = allowed;
}
