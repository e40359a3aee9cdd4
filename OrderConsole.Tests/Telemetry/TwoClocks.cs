namespace OrderConsole.Tests.Telemetry;

/// <summary>A machine whose wall clock somebody may set, while its monotonic one goes on; both move when a test says so.</summary>
public sealed class TwoClocks : TimeProvider
{
    private TimeSpan _running = TimeSpan.FromHours(1);

    /// <summary>How far the wall clock is from the right time.</summary>
    public TimeSpan WallClockOff { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan span) => _running += span;

    public override long GetTimestamp() => _running.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(60) + _running + WallClockOff;
}
