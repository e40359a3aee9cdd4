using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;

namespace OrderConsole.Core.Operations;

/// <summary>
/// What an operation is to be done to: exactly one of a list, all orders of a view, or all queue entries in a state. A
/// view is read once, when the operation is prepared; the list is frozen from then on.
/// </summary>
public sealed record TargetSelection
{
    public IReadOnlyList<string>? Listed { get; init; }
    public OrderFilter? Orders { get; init; }
    public QueueState? Queue { get; init; }

    public static TargetSelection Of(params IReadOnlyList<string> targets) => new() { Listed = targets };
    public static TargetSelection All(OrderFilter orders) => new() { Orders = orders };
    public static TargetSelection All(QueueState state) => new() { Queue = state };
}
