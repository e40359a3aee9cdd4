using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Operations;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Orders;

/// <summary>How many orders are ticked, and what can be done to them.</summary>
public sealed partial class SelectionBar
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public OrderSelection Selection { get; set; } = default!;
    [Parameter, EditorRequired] public OrderPage List { get; set; } = default!;
    [Parameter] public EventCallback Changed { get; set; }
    /// <summary>Something was done to the ticked ones.</summary>
    [Parameter] public EventCallback Finished { get; set; }

    private static IReadOnlyList<string> Actions { get; } = [ActionTexts.Extend, ActionTexts.Requeue, ActionTexts.Cancel];

    private string Words => Selection switch
    {
        { IsAll: true } => List.TotalIsExact ? Text["Orders.Selected.All", Figures.Count(List.Total)] : Text["Orders.Selected.AllOfMany", Figures.Count(List.Total)],
        { Count: 0 } => Text["Orders.Selected.None"],
        { Pages: 1 } => Text["Orders.Selected", Figures.Count(Selection.Count)],
        _ => Text["Orders.Selected.Pages", Figures.Count(Selection.Count), Figures.Count(Selection.Pages)],
    };

    private Task SelectAllAsync()
    {
        Selection.SelectAll();
        return Changed.InvokeAsync();
    }

    private Task ClearAsync()
    {
        Selection.Clear();
        return Changed.InvokeAsync();
    }
}
