using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>A button, in a row or a head, that opens the dialog of an action. Nothing is done without the dialog.</summary>
public sealed partial class ActionButton
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private OperationDialogs Dialogs { get; set; } = default!;

    [Parameter, EditorRequired] public string Action { get; set; } = "";
    /// <summary>Read when it is clicked.</summary>
    [Parameter, EditorRequired] public Func<TargetSelection> Targets { get; set; } = default!;
    [Parameter] public OperationParameters? Parameters { get; set; }
    /// <summary>Instead of the action's short name.</summary>
    [Parameter] public string? Label { get; set; }
    [Parameter] public bool Disabled { get; set; }
    [Parameter] public string? Class { get; set; }
    /// <summary>The operation is over: what is on the page may be old.</summary>
    [Parameter] public EventCallback<Operation> Finished { get; set; }

    private async Task OpenAsync()
    {
        if (await Dialogs.OpenAsync(new(Action, Targets(), Parameters)) is { } over) await Finished.InvokeAsync(over);
    }
}
