using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Live;

namespace OrderConsole.Components.Overview;

/// <summary>The last changes of orders, newest first.</summary>
public sealed partial class TransitionTable
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<TransitionFigures>? Transitions { get; set; }
    /// <summary>The moment that "5 s ago" counts from.</summary>
    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }
}
