using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Operations;

/// <summary>Asks why; nothing is done without a reason.</summary>
public sealed partial class ReasonForm
{
    /// <summary>Of the form, for a button outside of it.</summary>
    public const string Id = "operation-reason";

    private ElementReference _input;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private OperationDialogs Dialogs { get; set; } = default!;

    private string Reason { get; set; } = "";
    private bool IsFaulty { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await _input.FocusAsync();
    }

    private Task SubmitAsync()
    {
        try
        {
            IsFaulty = false;
            return Dialogs.RunAsync(OperationGate.CheckedReason(Reason));
        }
        catch (InvalidInputException)
        {
            IsFaulty = true;
            return Task.CompletedTask;
        }
    }
}
