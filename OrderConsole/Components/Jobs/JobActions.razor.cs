using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Jobs;

/// <summary>What can be done about a job right now.</summary>
public sealed partial class JobActions
{
    private static readonly OperationParameters Whole = new() { Whole = true };

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public JobRow Row { get; set; } = default!;
    /// <summary>Whether the thorough kind of run is on offer beside the plain one.</summary>
    [Parameter] public bool WithWhole { get; set; }
    [Parameter] public EventCallback Finished { get; set; }

    private TargetSelection Target() => TargetSelection.Of(Row.Name);
}
