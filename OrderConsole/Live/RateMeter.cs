using OrderConsole.Core.Telemetry;

namespace OrderConsole.Live;

/// <summary>
/// Turns the consoles' running totals into events a second. Each console is measured by its own heartbeats, so that one
/// that comes or goes changes the sum by what it does and not by its total.
/// </summary>
internal sealed class RateMeter
{
    private readonly Dictionary<string, (NodeRow Row, RateFigures Rates)> _nodes = new(StringComparer.Ordinal);

    public RateFigures Measure(IReadOnlyList<NodeRow> live)
    {
        foreach (var gone in _nodes.Keys.Except(live.Select(n => n.Name)).ToList()) _nodes.Remove(gone);
        foreach (var node in live)
        {
            if (!_nodes.TryGetValue(node.Name, out var before)) _nodes[node.Name] = (node, Between(StartOf(node), node));
            else if (node.SeenAt > before.Row.SeenAt) _nodes[node.Name] = (node, Between(before.Row, node));
        }
        return _nodes.Values.Select(n => n.Rates).Aggregate(None, Sum);
    }

    private static RateFigures None { get; } = new(0, 0, 0, 0, 0);

    private static NodeRow StartOf(NodeRow node) => new() { Name = node.Name, SeenAt = node.StartedAt };

    private static RateFigures Between(NodeRow from, NodeRow to)
    {
        var seconds = (to.SeenAt - from.SeenAt).TotalSeconds;
        return seconds <= 0
            ? None
            : new(Rate(to.Cancelled - from.Cancelled), Rate(to.Claimed - from.Claimed), Rate(to.Failed - from.Failed),
                Rate(to.LockAttempts - from.LockAttempts), Rate(to.LocksLost - from.LocksLost));

        double Rate(long events) => Math.Round(Math.Max(0, events) / seconds, 2);
    }

    private static RateFigures Sum(RateFigures a, RateFigures b) => new(
        a.CancelledPerSecond + b.CancelledPerSecond, a.ClaimedPerSecond + b.ClaimedPerSecond, a.FailedPerSecond + b.FailedPerSecond,
        a.LockAttemptsPerSecond + b.LockAttemptsPerSecond, a.LocksLostPerSecond + b.LocksLostPerSecond);
}
