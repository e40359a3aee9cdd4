namespace OrderConsole.Core.Redis;

/// <summary>
/// Where Redis' clock stands against our monotonic one. Each answer to TIME says: the clock was read between our sending
/// and our receiving. Answers are intersected, so one slow round trip does not spoil what a quick one has shown.
/// </summary>
internal sealed class RedisClock(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _origin = time.GetTimestamp();
    private long? _low, _high;

    /// <param name="redisMicros">What TIME answered, in microseconds since 1970.</param>
    public void Observe(long redisMicros, long sentAt, long receivedAt)
    {
        var (low, high) = (redisMicros - Micros(receivedAt), redisMicros - Micros(sentAt));
        lock (_gate)
        {
            // No overlap: a clock was set, drifted, or this is another server. The new answer is the truth.
            if (low <= _high && high >= _low) (low, high) = (Math.Max(low, _low.Value), Math.Min(high, _high.Value));
            (_low, _high) = (low, high);
        }
    }

    /// <summary>Redis' time at a monotonic timestamp, never later than it really is; a deadline made from it is never too late.</summary>
    public long MillisecondsAt(long timestamp)
    {
        lock (_gate) return ((_low ?? 0) + Micros(timestamp)) / 1000;
    }

    /// <summary>Redis' clock minus ours, or null when it was never read.</summary>
    public TimeSpan? Offset()
    {
        lock (_gate)
        {
            if (_low is not { } low || _high is not { } high) return null;
            var redis = DateTimeOffset.UnixEpoch.AddMicroseconds((low + high) / 2 + Micros(time.GetTimestamp()));
            return redis - time.GetUtcNow();
        }
    }

    private long Micros(long timestamp) => (long)time.GetElapsedTime(_origin, timestamp).TotalMicroseconds;
}
