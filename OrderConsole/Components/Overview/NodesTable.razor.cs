using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Live;

namespace OrderConsole.Components.Overview;

/// <summary>The consoles that are alive, and what each has done since it started.</summary>
public sealed partial class NodesTable
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<NodeFigures> Nodes { get; set; } = [];
    /// <summary>Whether the list could be read; an empty one means then that there is none.</summary>
    [Parameter, EditorRequired] public bool IsRead { get; set; }
}
