using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Live;

namespace OrderConsole.Components.Layout;

/// <summary>Says on every page that the processing is paused, since when, by whom and why, and offers to go on.</summary>
public sealed partial class PauseBanner
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    /// <summary>Null while it runs.</summary>
    [Parameter, EditorRequired] public PauseFigures? Pause { get; set; }
}
