using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>The exact list of an operation, a page at a time, inside the dialog: its pages are not in the address.</summary>
public sealed partial class FrozenList : IDisposable
{
    private const int PageSize = 10;

    private (long, OperationState) _shown;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private OperationQueries Operations { get; set; } = default!;
    [Inject] private ILogger<FrozenList> Log { get; set; } = default!;

    [Parameter, EditorRequired] public Operation Operation { get; set; } = default!;

    private Load<OperationItemPage> Items { get; set; } = default!;

    protected override void OnInitialized() => Items = new(() => _ = InvokeAsync(StateHasChanged), Log);

    protected override Task OnParametersSetAsync()
    {
        if (_shown == (Operation.Id, Operation.State)) return Task.CompletedTask;
        _shown = (Operation.Id, Operation.State);
        return ShowAsync(1);
    }

    public void Dispose() => Items.Dispose();

    private string RangeOf(OperationItemPage list)
    {
        var before = (list.Page - 1) * PageSize;
        return Text["Operation.Range", Figures.Count(before + 1), Figures.Count(before + list.Items.Count), Figures.Count(list.Total)];
    }

    private static bool IsLast(OperationItemPage list) => list.Page * PageSize >= list.Total;

    private Task ShowAsync(int page) => Items.RunAsync(cancel => Operations.ItemsAsync(Operation.Id, null, page, PageSize, cancel));
}
