using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Orders;

/// <summary>What was ordered.</summary>
public sealed partial class LinesCard
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public Order Order { get; set; } = default!;

    private IEnumerable<OrderLine> Lines => Order.Lines.OrderBy(line => line.LineNo);

    private static decimal AmountOf(OrderLine line) => line.UnitPrice * line.Quantity;
}
