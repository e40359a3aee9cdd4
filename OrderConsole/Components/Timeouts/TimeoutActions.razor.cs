using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Queue;

namespace OrderConsole.Components.Timeouts;

/// <summary>What can be done with entries in a state.</summary>
public sealed partial class TimeoutActions
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public TargetSelection Targets { get; set; } = default!;
    [Parameter, EditorRequired] public QueueState State { get; set; }
    /// <summary>What they are actions of, in words.</summary>
    [Parameter, EditorRequired] public string Of { get; set; } = "";
    [Parameter] public EventCallback OnDone { get; set; }
}
