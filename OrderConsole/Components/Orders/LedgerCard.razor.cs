using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Orders;

/// <summary>How an order moved stock.</summary>
public sealed partial class LedgerCard
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<StockMovement> Ledger { get; set; } = [];
}
