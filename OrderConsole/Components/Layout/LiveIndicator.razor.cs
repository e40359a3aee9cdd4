using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;

namespace OrderConsole.Components.Layout;

/// <summary>Whether what stands on the page is of this moment, and a switch that keeps it as it is.</summary>
public sealed partial class LiveIndicator
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private LiveUpdates Live { get; set; } = default!;

    /// <summary>The moment of the figures; a change of it tells live.js that they still come.</summary>
    [Parameter, EditorRequired] public DateTimeOffset At { get; set; }

    private string Time => Figures.Exact(At)[11..19];
    private string Switch => Live.IsPaused ? Text["Live.Resume"] : Text["Live.Pause"];

    private void Toggle()
    {
        if (Live.IsPaused) Live.Resume();
        else Live.Pause();
    }
}
