using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Live;

namespace OrderConsole.Components.Overview;

/// <summary>What somebody should look at now, each with what to do.</summary>
public sealed partial class WarningStrip
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<LiveProblem> Problems { get; set; } = [];
}
