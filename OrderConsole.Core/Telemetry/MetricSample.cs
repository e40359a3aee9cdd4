namespace OrderConsole.Core.Telemetry;

/// <summary>
/// The figures of one span of time, over all consoles. States are the highest that were seen in the span, counts are what
/// happened in it: so a longer span is made of shorter ones without loss, whatever the order.
/// </summary>
public sealed class MetricSample
{
    /// <summary>The length of the span in seconds: one of <see cref="SampleStore.Resolutions"/>.</summary>
    public int Resolution { get; init; }
    /// <summary>When the span begins.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>For how many seconds of the span there are figures.</summary>
    public int Covered { get; init; }

    public long Claimed { get; init; }
    public long Cancelled { get; init; }
    public long Failed { get; init; }
    public long LockAttempts { get; init; }
    public long LocksLost { get; init; }

    /// <summary>Null, as all that follows, when no look got it.</summary>
    public long? ExpiredPending { get; init; }
    /// <summary>In seconds.</summary>
    public double? OldestOverdue { get; init; }
    public long? ActiveLocks { get; init; }
    /// <summary>All entries but dead letters.</summary>
    public long? QueueSize { get; init; }
    public long? Scheduled { get; init; }
    public long? Due { get; init; }
    /// <summary>Entries that a console had claimed.</summary>
    public long? InWork { get; init; }
    public long? Retrying { get; init; }
    public long? Dead { get; init; }
    /// <summary>In milliseconds; null when nothing was cancelled.</summary>
    public double? LatenessP50 { get; init; }
    public double? LatenessP95 { get; init; }
    public double? LatenessP99 { get; init; }
    /// <summary>Orders a second that all consoles together work off while there is always more to do; null until measured.</summary>
    public double? DrainPerSecond { get; init; }
}
