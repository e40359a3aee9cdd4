using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Orders;

/// <summary>What an order is and how it stands, at a glance.</summary>
public sealed partial class OrderHead
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public Order Order { get; set; } = default!;
}
