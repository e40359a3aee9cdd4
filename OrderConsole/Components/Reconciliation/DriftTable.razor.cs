using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Diagnostics.Drift;

namespace OrderConsole.Components.Reconciliation;

/// <summary>The rows of one class of drift: what database and queue, or lock, say of each.</summary>
public sealed partial class DriftTable
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<DriftRow> Rows { get; set; } = [];
    [Parameter, EditorRequired] public DriftClass Of { get; set; }
    /// <summary>A repair came to its end.</summary>
    [Parameter] public EventCallback OnDone { get; set; }
}
