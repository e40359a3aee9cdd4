using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Live;

namespace OrderConsole.Components.Overview;

/// <summary>Where things are kept, and how many consoles work.</summary>
public sealed partial class StoreLine
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public MetricsSnapshot Snapshot { get; set; } = default!;
}
