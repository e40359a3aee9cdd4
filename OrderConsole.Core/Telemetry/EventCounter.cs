namespace OrderConsole.Core.Telemetry;

/// <summary>What happened over all consoles between two looks.</summary>
public readonly record struct EventCounts(long Claimed, long Cancelled, long Failed, long LockAttempts, long LocksLost);

/// <summary>
/// Turns the consoles' running totals into what happened since the last look. Each console is compared with itself: one
/// that comes, goes or starts anew adds what it did meanwhile, never its whole total.
/// </summary>
public sealed class EventCounter
{
    private Dictionary<string, NodeRow> _before = new(StringComparer.Ordinal);
    private DateTimeOffset? _at;

    /// <returns>Null at the first look: there is nothing to compare with.</returns>
    public EventCounts? Since(DateTimeOffset at, IReadOnlyList<NodeRow> nodes)
    {
        var (before, since) = (_before, _at);
        _before = nodes.ToDictionary(n => n.Name, StringComparer.Ordinal);
        _at = at;
        if (since is not { } last) return null;
        var pairs = nodes.Select(n => (From: before.GetValueOrDefault(n.Name) ?? BeginningOf(n, last), To: n)).ToList();
        long Sum(Func<NodeRow, long> total) => pairs.Sum(p => Math.Max(0, total(p.To) - total(p.From)));
        return new(Sum(n => n.Claimed), Sum(n => n.Cancelled), Sum(n => n.Failed), Sum(n => n.LockAttempts), Sum(n => n.LocksLost));
    }

    // A console that was silent for a while did its work then, and not since the last look.
    private static NodeRow BeginningOf(NodeRow node, DateTimeOffset last) => node.StartedAt >= last ? new NodeRow() : node;
}
