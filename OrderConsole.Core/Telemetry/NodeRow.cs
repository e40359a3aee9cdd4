namespace OrderConsole.Core.Telemetry;

/// <summary>A node's sign of life, written once a second, with its running totals since it started.</summary>
public sealed class NodeRow
{
    public string Name { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset SeenAt { get; init; }
    /// <summary>When its poller last finished a round, or null when it has not yet.</summary>
    public DateTimeOffset? PolledAt { get; init; }
    public long Claimed { get; init; }
    public long Cancelled { get; init; }
    public long LockAttempts { get; init; }
    public long LocksLost { get; init; }
    public long Failed { get; init; }
    /// <summary>Due to committed over the last minute, in milliseconds.</summary>
    public double LatenessP50 { get; init; }
    public double LatenessP95 { get; init; }
    public double LatenessP99 { get; init; }
}
