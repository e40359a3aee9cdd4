namespace OrderConsole.Core.Telemetry;

/// <summary>
/// How many orders a second this node works off when there is always more to do: measured while batches come back full,
/// because only then does nothing but the work itself take the time. The last figure stays until there is a newer one.
/// </summary>
public sealed class DrainSpeed(TimeProvider time)
{
    // Shorter runs say more about how they began than about the speed.
    private const int FewestBatches = 10;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private double? _perSecond;
    private int _batches;
    private long _startedAt, _lastAt, _cancelledAtStart, _cancelled;

    /// <summary>Orders a second, or null until a backlog was met.</summary>
    public double? PerSecond
    {
        get { lock (_gate) return _perSecond; }
    }

    /// <summary>A batch was claimed.</summary>
    /// <param name="isFull">Whether it has as many orders as a batch may have.</param>
    public void Claimed(bool isFull)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (!isFull) _batches = 0;
            else if (_batches == 0 || time.GetElapsedTime(_lastAt, now) > LongestGap || time.GetElapsedTime(_startedAt, now) > Longest) Begin(now);
            else Measure(now);
        }
    }

    public void Cancelled(int orders)
    {
        lock (_gate) _cancelled += orders;
    }

    private void Begin(long now) => (_batches, _startedAt, _lastAt, _cancelledAtStart) = (1, now, now, _cancelled);

    private void Measure(long now)
    {
        (_batches, _lastAt) = (_batches + 1, now);
        var took = time.GetElapsedTime(_startedAt, now);
        if (_batches >= FewestBatches && took >= Shortest) _perSecond = Math.Round((_cancelled - _cancelledAtStart) / took.TotalSeconds, 1);
    }
}
