using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Orders;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Operations;

/// <summary>One target: a link to the order where it is one.</summary>
public sealed partial class TargetName
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public string Action { get; set; } = "";
    [Parameter, EditorRequired] public string Target { get; set; } = "";
    /// <summary>True inside the dialog: looking at an order must not lose the preview.</summary>
    [Parameter] public bool NewTab { get; set; }

    private bool IsJob => ActionTexts.UnitOf(Action) == "Jobs" && JobCatalogue.Find(Target) is not null;
    private bool IsOrder => ActionTexts.TargetsOrders(Action) || Action == ActionTexts.Remove && OrderNumber.IsValid(Target);
}
