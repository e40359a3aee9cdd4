using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Telemetry;

/// <summary>This node's numbers: instruments for OpenTelemetry, and running totals for the heartbeat.</summary>
public sealed class TimeoutMeters : IDisposable
{
    public const string MeterName = "OrderConsole";

    private readonly Meter _meter;
    private readonly Counter<long> _transitions;
    private readonly Histogram<double> _lateness;
    private long _claimed, _cancelled, _lockAttempts, _locksLost, _failed;

    private readonly int _fullBatch;

    public TimeoutMeters(IMeterFactory meters, IOptions<TimeoutOptions> options, TimeProvider time)
    {
        _fullBatch = options.Value.BatchSize;
        Drain = new DrainSpeed(time);
        _meter = meters.Create(MeterName);
        _transitions = _meter.CreateCounter<long>("orderconsole.timeout.transitions", "{order}", "Orders that reached a step of their timeout, by step and outcome");
        _lateness = _meter.CreateHistogram<double>("orderconsole.timeout.lateness", "s", "From due to committed");
        RecentLateness = new LatenessWindow(time);
        Locks = new LockMeters(time);
    }

    public LatenessWindow RecentLateness { get; }
    public DrainSpeed Drain { get; }
    public LockMeters Locks { get; }
    public long TotalClaimed => Interlocked.Read(ref _claimed);
    public long TotalCancelled => Interlocked.Read(ref _cancelled);
    public long TotalLockAttempts => Interlocked.Read(ref _lockAttempts);
    public long TotalLocksLost => Interlocked.Read(ref _locksLost);
    public long TotalFailed => Interlocked.Read(ref _failed);

    public void Count(TimeoutStep step, string outcome, int orders)
    {
        _transitions.Add(orders, new("step", StepNames[(int)step]), new("outcome", outcome));
        switch (step, outcome)
        {
            case (TimeoutStep.Claimed, TimeoutEvents.Outcomes.Done):
                Interlocked.Add(ref _claimed, orders);
                Drain.Claimed(orders >= _fullBatch);
                break;
            case (TimeoutStep.Cancelled, TimeoutEvents.Outcomes.Done): Drain.Cancelled(orders); break;
            case (TimeoutStep.Locked, TimeoutEvents.Outcomes.Done): Interlocked.Add(ref _lockAttempts, orders); break;
            case (TimeoutStep.Locked, TimeoutEvents.Outcomes.LockHeld or TimeoutEvents.Outcomes.LockNearlyExpired):
                Interlocked.Add(ref _lockAttempts, orders);
                Interlocked.Add(ref _locksLost, orders);
                break;
            case (TimeoutStep.Cancelled, TimeoutEvents.Outcomes.Failed): Interlocked.Add(ref _failed, orders); break;
            default: break;
        }
    }

    public void Cancelled(TimeSpan lateness)
    {
        Interlocked.Increment(ref _cancelled);
        RecentLateness.Add(lateness);
        _lateness.Record(lateness.TotalSeconds);
    }

    public void Dispose() => _meter.Dispose();

    private static readonly string[] StepNames = [.. Enum.GetNames<TimeoutStep>().Select(n => n.ToLowerInvariant())];
}
