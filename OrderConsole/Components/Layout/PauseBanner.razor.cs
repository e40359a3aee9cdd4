using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Live;

namespace OrderConsole.Components.Layout;

/// <summary>Says on every page that the processing is paused, since when, by whom and why.</summary>
public sealed partial class PauseBanner
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    /// <summary>Null while it runs.</summary>
    [Parameter, EditorRequired] public PauseFigures? Pause { get; set; }
    /// <summary>What a person can do about it.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }
}
