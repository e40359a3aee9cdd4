using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Orders;

/// <summary>Offers to read a list again when orders have changed since; the rows themselves never move by themselves.</summary>
public sealed partial class NewerHint : IDisposable
{
    private OrderPage? _list;
    private DateTimeOffset _readAt;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private LiveUpdates Live { get; set; } = default!;
    [Inject] private PageClock Clock { get; set; } = default!;

    [Parameter, EditorRequired] public Load<OrderPage> Read { get; set; } = default!;
    [Parameter] public EventCallback Wanted { get; set; }

    private bool IsOld { get; set; }

    protected override void OnInitialized() => Live.Changed += Look;

    protected override void OnParametersSet()
    {
        if (_list == Read.Value) return;
        (_list, _readAt, IsOld) = (Read.Value, Clock.Now, false);
    }

    public void Dispose() => Live.Changed -= Look;

    private void Look() => _ = InvokeAsync(() =>
    {
        if (IsOld || Live.Snapshot.Transitions is not [var latest, ..] || latest.At <= _readAt) return;
        IsOld = true;
        StateHasChanged();
    });
}
