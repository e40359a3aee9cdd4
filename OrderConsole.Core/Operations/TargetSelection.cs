using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;

namespace OrderConsole.Core.Operations;

/// <summary>
/// What an operation is to be done to: exactly one of a list, all orders of a view, all queue entries in a state, all
/// payments that wait for a decision, all locks that can be cleaned up, or all that a comparison finds of a class of drift (its first
/// <see cref="OperationOptions.MaxTargets"/>). A view is read once, when the operation is prepared; the list is frozen from then on.
/// </summary>
public sealed record TargetSelection
{
    public IReadOnlyList<string>? Listed { get; init; }
    public OrderFilter? Orders { get; init; }
    public QueueState? Queue { get; init; }
    public PaymentSelection? Payments { get; init; }
    public LockSelection? Locks { get; init; }
    public DriftClass? Drift { get; init; }

    public static TargetSelection Of(params IReadOnlyList<string> targets) => new() { Listed = targets };
    public static TargetSelection All(OrderFilter orders) => new() { Orders = orders };
    public static TargetSelection All(QueueState state) => new() { Queue = state };
    public static TargetSelection All(DriftClass drift) => new() { Drift = drift };
    public static TargetSelection All(PaymentSelection payments) => new() { Payments = payments };
    public static TargetSelection All(LockSelection locks) => new() { Locks = locks };
}

public enum LockSelection
{
    /// <summary>Locks that nobody works under, as the clean-up judges them; when there are too many for one operation, the first ones.</summary>
    Removable,
}

public enum PaymentSelection
{
    /// <summary>Late and duplicate payments that wait for a decision.</summary>
    Undecided,
}
