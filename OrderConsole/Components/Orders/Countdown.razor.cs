using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;

namespace OrderConsole.Components.Orders;

/// <summary>How long until a deadline, to the second, or how long since.</summary>
public sealed partial class Countdown : IDisposable
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private PageClock Clock { get; set; } = default!;

    [Parameter, EditorRequired] public DateTimeOffset To { get; set; }

    private TimeSpan Left => To - Clock.Now;

    private string Words => Left switch
    {
        { Ticks: >= 0 } left => Text["Order.Left", Text.Duration(Whole(left))],
        var over => Text["Order.Over", Text.Duration(Whole(-over))],
    };

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive) Clock.Tick += Tick;
    }

    public void Dispose() => Clock.Tick -= Tick;

    private static TimeSpan Whole(TimeSpan span) => TimeSpan.FromSeconds(Math.Floor(span.TotalSeconds));

    private void Tick() => _ = InvokeAsync(StateHasChanged);
}
