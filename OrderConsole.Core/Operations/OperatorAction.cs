using OrderConsole.Core.Access;

namespace OrderConsole.Core.Operations;

/// <summary>
/// One thing that operators can have done; one file an action. Only <see cref="OperationGate"/> calls it. An action changes
/// its targets and records the outcomes in one transaction where both are in the database, so that after a crash the
/// record says exactly what was done and the rest can go on.
/// </summary>
public abstract class OperatorAction
{
    /// <summary>The name in records, in the API and as the key of its texts: <c>cancel_orders</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What whoever asks must be allowed to: a constant of <see cref="Permissions"/>.</summary>
    public abstract string Permission { get; }

    /// <summary>Whether it takes two people to do it to more than <see cref="OperationOptions.SecondPersonAbove"/> at once.</summary>
    public virtual bool TakesTwoForMany => false;

    /// <summary>Whether any of its targets may be <see cref="ExaminedTarget.OnPaidOrder"/>.</summary>
    public virtual bool MayTouchPaidOrders => false;

    /// <summary>How many targets are done at once, in one transaction.</summary>
    public virtual int BatchSize => 500;

    /// <exception cref="Orders.InvalidInputException">A parameter is missing or out of range.</exception>
    public virtual void Check(OperationParameters parameters) { }

    /// <summary>Looks at targets without changing anything: which would be refused, and what the others look like now.</summary>
    /// <returns>One result for each target, in their order.</returns>
    public abstract Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel);

    /// <summary>Does it to the batch and records every item's outcome through <see cref="ActionBatch.RecordAsync"/>.</summary>
    /// <remarks>An exception means that nothing of the batch was done; the gate then tries its halves, to let only the bad target fail.</remarks>
    public abstract Task DoAsync(ActionBatch batch, CancellationToken cancel);
}

/// <param name="Seen">What identifies the state that was seen, or null when nothing does.</param>
/// <param name="Refused">One of <see cref="RefusalCodes"/>, or null when it can be done.</param>
/// <param name="OnPaidOrder">It is a paid order, or a decision about money that came in for one.</param>
public readonly record struct ExaminedTarget(string Target, string? Seen, string? Refused, bool OnPaidOrder = false);
