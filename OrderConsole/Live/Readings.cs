using OrderConsole.Core.Data;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Live;

/// <summary>All that the collector looks at. They are read side by side: a store that hangs holds up its own figures only.</summary>
internal sealed class Readings(
    OrderQueries orders, IQueueInspector queue, ILockInspector locks, ClusterTotals cluster,
    ProcessingSwitch processing, LatePayments payments,
    OrderDatabase database, IConfiguration configuration, TimeProvider time)
{
    public const int Transitions = 50;
    public const string Redis = "Redis";

    public Reading<OverdueOrders> Overdue { get; } = new(orders.OverdueAsync, time);
    public Reading<QueueCounts> Queue { get; } = new(queue.CountAsync, time);
    public Reading<object> Locks { get; } = new(async cancel => await locks.CountAsync(cancel), time);
    public Reading<ClusterFigures> Cluster { get; } = new(cluster.ReadAsync, time);
    public Reading<IReadOnlyList<RecentTransition>> Recent { get; } = new(cancel => orders.RecentTransitionsAsync(Transitions, cancel), time);
    public Reading<PauseLook> Pause { get; } = new(async cancel => new(await processing.LookAsync(cancel)), time);
    public Reading<object> Undecided { get; } = new(async cancel => await payments.CountUndecidedAsync(cancel), time);

    public string OrdersStore { get; } = database.StoreName;
    public string QueueStore { get; } = StoreOf(configuration["Queue:Store"], database);
    public string LocksStore { get; } = StoreOf(configuration["Locks:Store"], database);

    /// <summary>What went wrong at the last look at each figure, and in which store.</summary>
    public IEnumerable<(Exception Error, string Store)> Errors =>
        new[] { (Overdue.Error, OrdersStore), (Cluster.Error, OrdersStore), (Recent.Error, OrdersStore), (Pause.Error, OrdersStore), (Undecided.Error, OrdersStore), (Queue.Error, QueueStore), (Locks.Error, LocksStore) }
            .Where(look => look.Item1 is not null).Select(look => (look.Item1!, look.Item2));

    public Task RefreshAsync(CancellationToken stopping) => Task.WhenAll(
        Overdue.RefreshAsync(stopping), Queue.RefreshAsync(stopping), Locks.RefreshAsync(stopping),
        Cluster.RefreshAsync(stopping), Recent.RefreshAsync(stopping), Pause.RefreshAsync(stopping), Undecided.RefreshAsync(stopping));

    private static string StoreOf(string? setting, OrderDatabase database) =>
        Redis.Equals(setting, StringComparison.OrdinalIgnoreCase) ? Redis : database.StoreName;
}

/// <param name="Pause">Who paused, or null while it runs.</param>
internal sealed record PauseLook(ProcessingPause? Pause);
