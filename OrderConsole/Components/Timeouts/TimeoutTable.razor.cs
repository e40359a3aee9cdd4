using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Components.Timeouts;

/// <summary>Entries of the queue, one a row. What is no order's number can be looked at, not selected and not acted on.</summary>
public sealed partial class TimeoutTable
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private IOptions<TimeoutOptions> Options { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<QueueEntry> Entries { get; set; } = [];
    /// <summary>The state they were asked for by; a row tells its own.</summary>
    [Parameter, EditorRequired] public QueueState State { get; set; }
    /// <summary>Null: nothing can be selected.</summary>
    [Parameter] public RowSelection? Selection { get; set; }
    /// <summary>A row was ticked.</summary>
    [Parameter] public EventCallback OnTick { get; set; }
    /// <summary>An action came to its end.</summary>
    [Parameter] public EventCallback OnDone { get; set; }

    private IReadOnlyList<string> Selectable => [.. Entries.Select(entry => entry.OrderNo).Where(OrderNumber.IsValid)];

    private Task TickAsync(string orderNo, ChangeEventArgs change)
    {
        Selection!.Tick(orderNo, change.Value is true);
        return OnTick.InvokeAsync();
    }

    private Task TickPageAsync(ChangeEventArgs change)
    {
        Selection!.TickAll(Selectable, change.Value is true);
        return OnTick.InvokeAsync();
    }
}
