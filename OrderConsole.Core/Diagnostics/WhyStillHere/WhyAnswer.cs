using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Diagnostics.WhyStillHere;

/// <summary>Why an order is where it is, and everything that this rests on.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Details">The order with its events and payments, or null.</param>
/// <param name="Entry">What the queue has, or null.</param>
/// <param name="Lock">Who holds its lock, or null.</param>
/// <param name="Cluster">The consoles that are alive, and the pause; null while the orders' database is away.</param>
/// <param name="AwayStores">Stores that did not answer.</param>
public sealed record WhyAnswer(
    string No, DateTimeOffset At, Situation Situation, OrderDetails? Details, QueueEntry? Entry, LockInfo? Lock, ClusterFigures? Cluster, IReadOnlyList<string> AwayStores)
{
    public Verdict Verdict { get; } = WhyDecision.Decide(Situation);
    /// <summary>The name of the operator action that helps, or null.</summary>
    public string? Action => WhyDecision.ActionOf(Verdict);
    public string ActionTarget => WhyDecision.TargetOf(Verdict, No);

    /// <summary>Whether a console that claims or locks is alive; null when nobody does, or when nobody can say.</summary>
    public bool? IsAlive(string? owner) => owner is null || Cluster is null ? null : Cluster.Nodes.Any(n => n.Name == owner);
}
