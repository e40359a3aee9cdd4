using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Redis;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Diagnostics;

/// <summary>What several checks of one run need is read once, when the first of them asks.</summary>
public sealed class DiagnosisLook
{
    private readonly Lazy<Task<ClusterFigures>> _cluster;
    private readonly Lazy<Task<QueueCounts>> _queue;
    private readonly Lazy<Task<OverdueOrders>> _overdue;
    private readonly Lazy<Task<RedisInfo>> _redis;
    private readonly Lazy<Task<DriftReport>> _drift;

    internal DiagnosisLook(DiagnosisReport? previous, DiagnosisSources sources, CancellationToken cancel, DiagnosisTrigger trigger = DiagnosisTrigger.Page)
    {
        Previous = previous;
        _cluster = Once(() => sources.Cluster.ReadAsync(cancel));
        _queue = Once(() => sources.Queue.CountAsync(cancel));
        _overdue = Once(() => sources.Orders.OverdueAsync(cancel));
        _redis = Once(() => RedisInfo.ReadAsync(sources.Redis!, cancel));
        _drift = Once(() => sources.Drift.ReadAsync(trigger == DiagnosisTrigger.Command ? DiagnosisSources.CommandsDriftBudget : DiagnosisSources.DriftBudget, cancel));
    }

    /// <summary>The report before, or null.</summary>
    public DiagnosisReport? Previous { get; }

    public Task<ClusterFigures> ClusterAsync() => _cluster.Value;
    public Task<QueueCounts> QueueAsync() => _queue.Value;
    public Task<OverdueOrders> OverdueAsync() => _overdue.Value;
    /// <summary>Only where Redis is used.</summary>
    public Task<RedisInfo> RedisAsync() => _redis.Value;
    public Task<DriftReport> DriftAsync() => _drift.Value;

    // SQLite works on its caller's thread; the checks wait side by side.
    private static Lazy<Task<T>> Once<T>(Func<Task<T>> read) => new(() => Task.Run(read));
}

/// <summary>Where <see cref="DiagnosisLook"/> reads from.</summary>
internal sealed record DiagnosisSources(ClusterTotals Cluster, IQueueInspector Queue, OrderQueries Orders, DriftReader Drift, RedisConnection? Redis = null)
{
    /// <summary>So that a run on a long queue takes less than five seconds in all, with the second look at what seems not to fit.</summary>
    public static readonly TimeSpan DriftBudget = TimeSpan.FromSeconds(3.5);

    /// <summary>A command has everything still to be compiled and nobody who waits before a screen; it is to see the whole queue.</summary>
    public static readonly TimeSpan CommandsDriftBudget = TimeSpan.FromSeconds(7);
}
