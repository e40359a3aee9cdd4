using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Live;

/// <summary>Stores a sample of the figures when ten seconds are over, and makes minutes and hours of what is stored.</summary>
internal sealed partial class SampleTaker(Readings readings, SampleStore store, ILogger<SampleTaker> log)
{
    private readonly EventCounter _counter = new();
    private Task _writing = Task.CompletedTask;
    private DateTimeOffset? _span, _rolledUp;
    private bool _failed;

    /// <summary>Looks at the readings' figures; returns at once, and never fails.</summary>
    public void Offer(CancellationToken stopping)
    {
        if (readings.Cluster.Value is not { } cluster) return;
        var span = SampleStore.SpanOf(cluster.At, SampleStore.Shortest);
        if (span == _span) return;
        var before = _span;
        _span = span;
        var counts = _counter.Since(cluster.At, cluster.Nodes);
        // After a pause of the looking nobody knows when it happened: such a span stays without a sample.
        var sample = counts is { } known && before == span.AddSeconds(-SampleStore.Shortest) ? Sample(before.Value, known, cluster) : null;
        if (_writing.IsCompleted) _writing = Task.Run(() => StoreAsync(sample, cluster.At, stopping), CancellationToken.None);
    }

    private MetricSample Sample(DateTimeOffset at, EventCounts counts, ClusterFigures cluster)
    {
        var (overdue, queue) = (readings.Overdue.Value, readings.Queue.Value);
        return new()
        {
            Resolution = SampleStore.Shortest, At = at, Covered = SampleStore.Shortest,
            Claimed = counts.Claimed, Cancelled = counts.Cancelled, Failed = counts.Failed, LockAttempts = counts.LockAttempts, LocksLost = counts.LocksLost,
            ExpiredPending = overdue?.Count, OldestOverdue = overdue is null ? null : SnapshotMaker.OldestSeconds(overdue, cluster.At),
            ActiveLocks = readings.Locks.Value?.Held,
            QueueSize = queue?.Total, Scheduled = queue?.Scheduled, Due = queue?.Due, InWork = queue?.Claimed, Retrying = queue?.Retrying, Dead = queue?.Dead,
            LatenessP50 = cluster.LatenessP50, LatenessP95 = cluster.LatenessP95, LatenessP99 = cluster.LatenessP99, DrainPerSecond = cluster.DrainPerSecond,
        };
    }

    private async Task StoreAsync(MetricSample? sample, DateTimeOffset now, CancellationToken stopping)
    {
        try
        {
            if (sample is not null) await store.WriteAsync(sample, stopping);
            if (SampleStore.SpanOf(now, SampleStore.Minute) is var minute && minute != _rolledUp)
            {
                await store.RollUpAsync(now, stopping);
                _rolledUp = minute;
            }
            _failed = false;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            if (!_failed && e is not StoreUnavailableException) NotStored(e);
            _failed = true;
        }
        catch (OperationCanceledException)
        {
            // The console stops.
        }
    }

    [LoggerMessage(1206, LogLevel.Warning, "Figures for the charts could not be stored; the next ones follow")]
    private partial void NotStored(Exception e);
}
