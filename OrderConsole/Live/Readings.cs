using OrderConsole.Core.Data;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Live;

/// <summary>How many locks are held, and how many of them never end.</summary>
internal sealed record LockCounts(long Held, long Leaked);

/// <summary>What falls due in each minute from <paramref name="From"/> on, and the drain speed that was stored last.</summary>
internal sealed record DueAhead(DateTimeOffset From, IReadOnlyList<long> PerMinute, double? StoredDrain);

/// <summary>All that the collector looks at. They are read side by side: a store that hangs holds up its own figures only.</summary>
internal sealed class Readings
{
    public const int Transitions = 50;
    public const string Redis = "Redis";
    private const int MinutesAhead = 120;
    private static readonly TimeSpan AheadEvery = TimeSpan.FromSeconds(10);

    private readonly OrderQueries _orders;
    private readonly ILockInspector _locks;
    private RecentTransitions? _recent;

    public Readings(OrderQueries orders, IQueueInspector queue, ILockInspector locks, ClusterTotals cluster, SampleStore samples, Stores stores, OrderDatabase database, TimeProvider time)
    {
        (_orders, _locks) = (orders, locks);
        OrdersStore = database.StoreName;
        QueueStore = stores.Queue == StoreKind.Redis ? Redis : OrdersStore;
        LocksStore = stores.Locks == StoreKind.Redis ? Redis : OrdersStore;
        Overdue = new(orders.OverdueAsync, time);
        Queue = new(queue.CountAsync, time);
        Locks = new(CountLocksAsync, time);
        Cluster = new(cluster.ReadAsync, time);
        Recent = new(ReadRecentAsync, time);
        Ahead = new(async cancel => new(time.GetUtcNow(), await queue.DueHistogramAsync(time.GetUtcNow(), TimeSpan.FromMinutes(1), MinutesAhead, cancel),
            await samples.LastDrainAsync(cancel)), time, AheadEvery);
    }

    public Reading<OverdueOrders> Overdue { get; }
    public Reading<QueueCounts> Queue { get; }
    public Reading<LockCounts> Locks { get; }
    public Reading<ClusterFigures> Cluster { get; }
    public Reading<RecentTransitions> Recent { get; }
    /// <summary>Read only while somebody looks.</summary>
    public Reading<DueAhead> Ahead { get; }

    public string OrdersStore { get; }
    public string QueueStore { get; }
    public string LocksStore { get; }

    /// <summary>What went wrong at the last look at each figure, and in which store.</summary>
    public IEnumerable<(Exception Error, string Store)> Errors =>
        new[]
        {
            (Overdue.Error, OrdersStore), (Cluster.Error, OrdersStore), (Recent.Error, OrdersStore),
            (Queue.Error, QueueStore), (Ahead.Error, QueueStore), (Locks.Error, LocksStore),
        }.Where(look => look.Item1 is not null).Select(look => (look.Item1!, look.Item2));

    /// <param name="isWatched">Whether anybody looks at the figures.</param>
    public Task RefreshAsync(bool isWatched, CancellationToken stopping) => Task.WhenAll(
        Overdue.RefreshAsync(stopping), Queue.RefreshAsync(stopping), Locks.RefreshAsync(stopping), ClusterThenRecentAsync(isWatched, stopping),
        isWatched || Ahead.Error is not null ? Ahead.RefreshAsync(stopping) : Task.CompletedTask);

    private async Task ClusterThenRecentAsync(bool isWatched, CancellationToken stopping)
    {
        await Cluster.RefreshAsync(stopping);
        if (isWatched || Recent.Error is not null) await Recent.RefreshAsync(stopping);
    }

    private async Task<LockCounts> CountLocksAsync(CancellationToken cancel) => new(await _locks.CountAsync(cancel), await _locks.CountLeakedAsync(cancel));

    /// <summary>Reads the changes only when there is a newer one.</summary>
    private async Task<RecentTransitions> ReadRecentAsync(CancellationToken cancel)
    {
        var newest = Cluster.Value?.NewestEvent;
        if (newest is { } id && _recent?.NewestEvent == id) return _recent;
        return _recent = new(newest, await _orders.RecentTransitionsAsync(Transitions, cancel));
    }
}

/// <param name="NewestEvent">Up to which event they go, as far as that was known.</param>
internal sealed record RecentTransitions(long? NewestEvent, IReadOnlyList<RecentTransition> Items);
