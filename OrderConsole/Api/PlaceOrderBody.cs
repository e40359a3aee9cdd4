using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

// The attributes are for the OpenAPI document; PlaceOrderRequest.Validate is what checks.
/// <summary>An order as a shop sends it.</summary>
public sealed record PlaceOrderBody
{
    [Description("The shop's own number; without it a new one is made. 1 to 64 of A-Z, a-z, 0-9, '.', '_', ':' and '-'.")]
    [StringLength(OrderNumber.MaxLength, MinimumLength = 1), RegularExpression("^[A-Za-z0-9._:-]{1,64}$")]
    public string? OrderNo { get; init; }

    [Description("Who ordered, up to 200 characters on one line.")]
    [StringLength(200)]
    public string? Customer { get; init; }

    [Description("ISO 4217, three capital letters.")]
    [Required, RegularExpression("^[A-Z]{3}$")]
    public string? Currency { get; init; }

    [Description("1 to 200 lines. Lines of the same SKU are added up. Together they come to 1,000,000,000,000 at most.")]
    [Required, MinLength(1), MaxLength(PlaceOrderRequest.MaxLines)]
    public IReadOnlyList<PlaceOrderLineBody?>? Lines { get; init; }

    [Description("How long the customer has to pay, \"00:00:01\" to \"30.00:00:00\"; without it the setting Orders:PaymentWindow.")]
    public TimeSpan? PaymentWindow { get; init; }

    internal PlaceOrderRequest ToRequest(string path = "") => new(OrderNo, Customer, Currency,
        Lines is null ? null : [.. Lines.Select((line, i) => line is null
            ? throw new InvalidInputException($"{path}lines[{i}]", "a line")
            : line.ToLine($"{path}lines[{i}]."))],
        PaymentWindow);
}

public sealed record PlaceOrderLineBody
{
    [Description("1 to 64 visible ASCII characters.")]
    [Required, RegularExpression("^[!-~]{1,64}$")]
    public string? Sku { get; init; }

    [Description("Pieces.")]
    [Required, Range(1, PlaceOrderRequest.MaxQuantity)]
    public int? Quantity { get; init; }

    [Description("The price of one piece in the order's currency, with at most 4 decimals.")]
    [Required, Range(0, 1_000_000_000)]
    public decimal? UnitPrice { get; init; }

    internal PlaceOrderLine ToLine(string path) =>
        new(Sku ?? "", Quantity ?? 0, UnitPrice ?? throw new InvalidInputException(path + "unitPrice", "0 to 1,000,000,000 with at most 4 decimals"));
}
