namespace OrderConsole.Core.Orders;

/// <summary>An order as a shop sends it.</summary>
/// <param name="OrderNo">The shop's own number, or null for a new one; see <see cref="OrderNumber.Allowed"/>.</param>
/// <param name="Customer">Up to 200 characters, or null.</param>
/// <param name="Currency">ISO 4217, three capital letters.</param>
/// <param name="Lines">1 to 200.</param>
/// <param name="PaymentWindow">1 s to 30 days; null takes the setting <c>Orders:PaymentWindow</c>.</param>
public sealed record PlaceOrderRequest(string? OrderNo, string? Customer, string? Currency, IReadOnlyList<PlaceOrderLine>? Lines, TimeSpan? PaymentWindow)
{
    public const int MaxLines = 200;
    public const int MaxQuantity = 1_000_000;
    public const decimal MaxUnitPrice = 1_000_000_000m;
    /// <summary>The most that an order may come to, and a payment may report.</summary>
    public const decimal MaxTotal = 1_000_000_000_000m;
    public static readonly TimeSpan MinPaymentWindow = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MaxPaymentWindow = TimeSpan.FromDays(30);

    /// <summary>Checks every field.</summary>
    /// <param name="path">What to put before the field's name: empty, or <c>[3].</c> in a batch.</param>
    /// <exception cref="InvalidInputException">Names the first field that is wrong and what is allowed.</exception>
    public void Validate(string path = "")
    {
        if (OrderNo is not null) Require(OrderNumber.IsValid(OrderNo), "orderNo", OrderNumber.Allowed);
        Require(Customer is null || (Customer.Length <= 200 && !Customer.Any(char.IsControl)), "customer", "at most 200 characters on one line");
        Require(Currency is { Length: 3 } && Currency.All(char.IsAsciiLetterUpper), "currency", "three capital letters (ISO 4217), for example CNY");
        Require(PaymentWindow is null || (PaymentWindow >= MinPaymentWindow && PaymentWindow <= MaxPaymentWindow),
            "paymentWindow", "\"00:00:01\" to \"30.00:00:00\"");
        Require(Lines is { Count: >= 1 and <= MaxLines }, "lines", $"1 to {MaxLines} lines");
        for (var i = 0; i < Lines!.Count; i++)
        {
            var line = Lines[i];
            Require(line is not null, $"lines[{i}]", "a line");
            Require(IsSku(line!.Sku), $"lines[{i}].sku", Skus);
            Require(line.Quantity is >= 1 and <= MaxQuantity, $"lines[{i}].quantity", $"a whole number from 1 to {MaxQuantity:N0}");
            Require(IsPrice(line.UnitPrice), $"lines[{i}].unitPrice", Prices);
        }
        Require(Lines.Sum(line => line.Quantity * line.UnitPrice) <= MaxTotal, "lines", $"lines that come to {MaxTotal:N0} at most");

        void Require(bool holds, string field, string allowed)
        {
            if (!holds) throw new InvalidInputException(path + field, allowed);
        }
    }

    internal const string Skus = "1 to 64 visible ASCII characters without spaces";
    internal const string Prices = "0 to 1,000,000,000 with at most 4 decimals";
    internal static bool IsSku(string? sku) => sku is { Length: >= 1 and <= 64 } && sku.All(c => c is > ' ' and < (char)127);
    internal static bool IsPrice(decimal price) => price is >= 0 and <= MaxUnitPrice && decimal.Round(price, 4) == price;
}

public sealed record PlaceOrderLine(string Sku, int Quantity, decimal UnitPrice);

/// <summary>What became of one order of a request.</summary>
/// <param name="Replayed">The same request came before under its idempotency key; this is its answer again.</param>
public sealed record PlacedOrder(string OrderNo, OrderStatus Status, DateTimeOffset ExpiresAt, decimal Total, string Currency, bool Replayed = false);

/// <summary>One result of a batch: either <paramref name="Placed"/>, or a refusal with its code.</summary>
public sealed record PlaceOrderResult(PlacedOrder? Placed, string? Code, string? Message);
