using OrderConsole.Core.Access;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;

namespace OrderConsole.Core.Operations;

/// <summary>
/// Takes locks from their holders, exactly those that were seen. Targets are order numbers, or whole keys of locks under a
/// foreign prefix; parameter <c>Token</c> is what was on screen, for one target.
/// </summary>
public sealed class UnlockOrders(LockRelease release) : OperatorAction
{
    public const string ActionName = "unlock_orders";
    public const int MaxTokenLength = 4_096;

    public override string Name => ActionName;
    public override string Permission => Permissions.Unlock;
    public override bool TakesTwoForMany => true;
    public override bool MayTouchPaidOrders => true;

    public override void Check(OperationParameters parameters)
    {
        if (parameters.Token is { Length: > MaxTokenLength }) throw new InvalidInputException("token", $"at most {MaxTokenLength} characters");
    }

    public override Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel) =>
        release.ExamineAsync(targets, parameters.Token, _ => null, cancel);

    public override Task DoAsync(ActionBatch batch, CancellationToken cancel) => release.DoAsync(batch, _ => null, cancel);
}
