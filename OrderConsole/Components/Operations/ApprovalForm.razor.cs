using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>What the second person reads and decides, under the receipt of an operation that waits.</summary>
public sealed partial class ApprovalForm
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private OperationDialogs Dialogs { get; set; } = default!;
    [Inject] private ILogger<ApprovalForm> Log { get; set; } = default!;

    [Parameter, EditorRequired] public Operation Operation { get; set; } = default!;
    [Parameter] public EventCallback Decided { get; set; }

    private string Reason { get; set; } = "";
    private bool IsBusy { get; set; }
    private OperationFault? Fault { get; set; }

    private async Task DecideAsync(bool approve)
    {
        if (IsBusy) return;
        (IsBusy, Fault) = (true, null);
        try
        {
            await Dialogs.DecideAsync(Operation.Id, approve, Reason);
        }
        catch (Exception error)
        {
            Fault = OperationFault.Of(error, Text, Log);
        }
        finally
        {
            IsBusy = false;
        }
        // Also after a fault: somebody else may have been quicker.
        await Decided.InvokeAsync();
    }
}
