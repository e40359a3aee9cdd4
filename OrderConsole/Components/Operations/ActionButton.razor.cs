using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using OrderConsole.Access;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>A button, in a row or a head, that opens the dialog of an action. Nothing is done without the dialog.</summary>
public sealed partial class ActionButton
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private OperationDialogs Dialogs { get; set; } = default!;
    [Inject] private OperationGate Gate { get; set; } = default!;

    [CascadingParameter] private Task<AuthenticationState> SignedIn { get; set; } = default!;

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

    /// <summary>What somebody may not do is not offered to them; it is refused all the same.</summary>
    private bool IsPermitted { get; set; }

    protected override async Task OnParametersSetAsync() => IsPermitted = (await SignedIn).User.May(Gate.PermissionOf(Action));

    private async Task OpenAsync()
    {
        if (await Dialogs.OpenAsync(new(Action, Targets(), Parameters)) is { } over) await Finished.InvokeAsync(over);
    }
}
