using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Orders;

/// <summary>What the timeout queue has for an order.</summary>
public sealed partial class EntryCard
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public OrderLook Look { get; set; } = default!;
}
