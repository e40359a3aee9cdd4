using Microsoft.AspNetCore.Components;
using OrderConsole.Access;
using OrderConsole.Components.Operations;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.People;

/// <summary>
/// What the pages about accounts and keys share: their dialogs do one thing at a time, say in words what stood in the way, and ask
/// for the password of whoever sits before the page when it was given too long ago.
/// </summary>
public abstract class PeoplePage : ConsolePage
{
    [Inject] protected OwnAccount Own { get; set; } = default!;
    [Inject] protected Visitor Visitor { get; set; } = default!;
    [Inject] private ILogger<PeoplePage> Log { get; set; } = default!;

    protected bool IsBusy { get; private set; }
    protected string? Fault { get; private set; }
    protected bool NeedsOwnPassword { get; private set; }
    protected string OwnPassword { get; set; } = "";

    /// <summary>A dialog was opened: nothing of the last one is left.</summary>
    protected void BeginDialog() => (Fault, NeedsOwnPassword, OwnPassword) = (null, false, "");

    /// <summary>Does it as the visitor and reads the page anew; a refusal stays in the dialog.</summary>
    protected async Task DoAsync(Func<Operator, Task> work)
    {
        if (IsBusy) return;
        (IsBusy, Fault) = (true, null);
        try
        {
            var by = await Visitor.OperatorAsync();
            if (NeedsOwnPassword) await Own.ConfirmAsync(OwnPassword, by, Leaving);
            await work(by);
            await OnQueryAsync();
        }
        catch (AccountRefusedException refused)
        {
            Fault = Text[$"Users.Refused.{refused.Code}"];
            NeedsOwnPassword |= refused.Code == AccountRefusedException.Confirm;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Fault = OperationFault.Of(error, Text, Log).Words;
        }
        finally
        {
            IsBusy = false;
        }
    }
}
