using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Redis;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;
using OrderConsole.Jobs;

namespace OrderConsole.Live;

/// <summary>Makes a snapshot of what the readings have; what they do not have stays null, and the snapshot says why.</summary>
internal sealed class SnapshotMaker(Readings readings, IOptions<TimeoutOptions> options, TimeProvider time, JobWatch jobs, RedisConnection? redis = null)
{
    private static readonly RateFigures NoRates = new(null, null, null, null, null);
    private readonly RateMeter _rates = new();

    public MetricsSnapshot Make()
    {
        var now = time.GetUtcNow();
        var overdue = readings.Overdue.Value;
        var cluster = readings.Cluster.Value;
        var nodes = cluster is null ? [] : cluster.Nodes.Select(n => NodeOf(n, now)).ToList();
        return new MetricsSnapshot
        {
            At = now,
            ExpiredPending = overdue?.Count,
            OldestOverdueSeconds = overdue is null ? null : OldestSeconds(overdue, now),
            ActiveLocks = readings.Locks.Value?.Held,
            LeakedLocks = readings.Locks.Value?.Leaked,
            UndecidedPayments = cluster?.UndecidedPayments,
            WaitingOperations = cluster?.WaitingOperations,
            FailingJobs = jobs.Troubles?.Count,
            Pause = cluster?.Pause is { } pause ? new(pause.At, pause.By, pause.Reason) : null,
            Queue = readings.Queue.Value is { } q ? new(q.Scheduled, q.Due, q.Claimed, q.Retrying, q.Dead) : new(null, null, null, null, null),
            Rates = cluster is null ? NoRates : _rates.Measure(cluster.Nodes),
            Lateness = cluster is null ? new(null, null, null) : new(cluster.LatenessP50, cluster.LatenessP95, cluster.LatenessP99),
            Contention = new(cluster?.LockAttempts, cluster?.LocksLost),
            ContentionPerCancelled = new(PerCancelled(cluster?.LockAttempts, cluster), PerCancelled(cluster?.LocksLost, cluster)),
            Forecast = ForecastOf(cluster),
            CountedAt = new(readings.Overdue.At, readings.Queue.At, readings.Locks.At),
            Stores =
            [
                new("orders", readings.OrdersStore, !IsAway(readings.Overdue.Error)),
                new("queue", readings.QueueStore, !IsAway(readings.Queue.Error)),
                new("locks", readings.LocksStore, !IsAway(readings.Locks.Error)),
            ],
            Nodes = nodes,
            Problems = [.. ProblemsOf(cluster, nodes)],
            Transitions = readings.Recent.Value is { } recent
                ? [.. recent.Items.Select(t => new TransitionFigures(t.Id, t.OrderNo, Api.Words.Of(t.Kind), t.At, t.Node, t.Detail))]
                : null,
        };
    }

    private IEnumerable<LiveProblem> ProblemsOf(ClusterFigures? cluster, List<NodeFigures> nodes)
    {
        foreach (var (error, store) in readings.Errors.DistinctBy(e => (e.Store, IsAway(e.Error))))
        {
            var code = !IsAway(error) ? LiveProblemCodes.ReadingFailed : store == Readings.Redis ? LiveProblemCodes.RedisAway : LiveProblemCodes.DatabaseAway;
            yield return new(code, store, error.Message.Length <= 300 ? error.Message : error.Message[..299] + "…");
        }
        if (redis is { Health.Server: { MayEvict: true } server })
            yield return new(LiveProblemCodes.EvictionsOn, Readings.Redis, $"maxmemory-policy {server.MaxMemoryPolicy}");
        if (redis is { Health.Server.Persistent: false })
            yield return new(LiveProblemCodes.PersistenceOff, Readings.Redis, "appendonly no, save \"\"");
        if (cluster?.Pause is { } pause)
            yield return new(LiveProblemCodes.Paused, null, $"{pause.By}, {pause.At:u}: {pause.Reason}");
        if (cluster is not null && !nodes.Exists(n => n.Processing))
            yield return new(LiveProblemCodes.NobodyProcessing, null, string.Join(", ", nodes.Select(n => n.Name)));
        if (jobs.Away is { } why)
            yield return new(LiveProblemCodes.JobsAway, readings.OrdersStore, why);
        if (jobs.Troubles is { Count: > 0 } troubles)
            yield return new(LiveProblemCodes.JobsFailing, null, string.Join("; ", troubles.Select(t => t.Figures)));
    }

    /// <summary>How long the oldest overdue order is past its deadline, in seconds; 0 when there is none.</summary>
    public static double OldestSeconds(OverdueOrders overdue, DateTimeOffset now) =>
        overdue.OldestDeadline is { } oldest ? Math.Max(0, Math.Round((now - oldest).TotalSeconds, 1)) : 0;

    private static double? PerCancelled(long? count, ClusterFigures? cluster) =>
        cluster is { Cancelled: > 0 } ? Math.Round(count!.Value / (double)cluster.Cancelled, 3) : null;

    private ForecastFigures? ForecastOf(ClusterFigures? cluster)
    {
        if (readings.Ahead.Value is not { } ahead || readings.Queue.Value is not { } queue || cluster is null) return null;
        var speed = cluster.DrainPerSecond ?? ahead.StoredDrain;
        var forecast = DrainForecast.Make(ahead.From, ahead.PerMinute, queue.Due, speed);
        return new(ahead.PerMinute.Sum(), forecast.PeakAt, forecast.PeakDue, speed, forecast.Late?.TotalSeconds, forecast.TimeToEmpty?.TotalSeconds);
    }

    private static bool IsAway(Exception? e) => e is StoreUnavailableException or TimeoutException;

    private NodeFigures NodeOf(NodeRow node, DateTimeOffset now)
    {
        var patience = TimeSpan.FromSeconds(15) + options.Value.PollInterval;
        return new(node.Name, node.StartedAt, node.SeenAt, node.PolledAt, node.PolledAt is { } polled && now - polled < patience, node.Claimed, node.Cancelled);
    }
}
