using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Orders;

/// <summary>The last things that people and programs had done to an order.</summary>
public sealed partial class OrderOperationsCard
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public string No { get; set; } = "";
    [Parameter, EditorRequired] public OperationPage Operations { get; set; } = default!;
}
