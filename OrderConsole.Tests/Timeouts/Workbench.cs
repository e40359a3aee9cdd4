using OrderConsole.Core.Locks;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Timeouts;

/// <summary>The parts of the way on a queue and locks in memory, a clock that the test moves, and real orders in SQLite.</summary>
public sealed class Workbench : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();

    private Workbench(TestDatabase database, TimeoutOptions options)
    {
        (_database, Options) = (database, options);
        (Queue, Locks) = (new FakeTimeoutQueue(Time), new FakeOrderLocks(Time));
        var settings = Microsoft.Extensions.Options.Options.Create(options);
        Meters = new TimeoutMeters(_metrics.GetRequiredService<IMeterFactory>(), settings, Time);
        Events = new TimeoutEvents(Meters, NullLogger<TimeoutEvents>.Instance);
        WakeUp = new PollerWakeUp(Time);
        Processing = new ProcessingSwitch(database.Orders, WakeUp, Time);
        Health = new ProcessorHealth(settings, Time, HealthLog);
        Shop = new Shop(database.Orders);
        var renewer = new LeaseRenewer(Queue, Locks, settings, Time, NullLogger<LeaseRenewer>.Instance);
        CancelUnpaid = new CancelUnpaidOrders(
            new OverdueOrderReader(database.Orders), Locks, new OrderCanceller(database.Orders, Time), new ReleaseClaims(Queue, Locks, Events, NullLogger<ReleaseClaims>.Instance),
            renewer, new ForceUnlocks(database.Orders, Meters, Time), Events, settings, Time);
        Poller = new DueTimeoutPoller(Queue, Processing, CancelUnpaid, renewer, WakeUp, Events, Health, settings, Time, NullLogger<DueTimeoutPoller>.Instance);
    }

    public TimeoutOptions Options { get; }
    public SignallingTime Time { get; } = new();
    public LogLines<ProcessorHealth> HealthLog { get; } = new();
    public FakeTimeoutQueue Queue { get; }
    public FakeOrderLocks Locks { get; }
    public TimeoutMeters Meters { get; }
    public TimeoutEvents Events { get; }
    public PollerWakeUp WakeUp { get; }
    public ProcessingSwitch Processing { get; }
    public ProcessorHealth Health { get; }
    public Shop Shop { get; }
    public CancelUnpaidOrders CancelUnpaid { get; }
    public DueTimeoutPoller Poller { get; }
    public OrderDatabase Database => _database.Orders;

    public static async Task<Workbench> CreateAsync(TimeoutOptions? options = null) =>
        new(await TestDatabase.CreateAsync(DatabaseProvider.Sqlite), options ?? new TimeoutOptions());

    /// <summary>Overdue orders, in the queue as due.</summary>
    public async Task<IReadOnlyList<string>> DueAsync(int count)
    {
        var numbers = await Shop.OverdueAsync(count);
        Queue.Add(Time.GetUtcNow().AddSeconds(-30), numbers);
        return numbers;
    }

    /// <summary>Claims all that is due and takes it to its end.</summary>
    public async Task<TimeoutBatch> RunAsync(CancellationToken stop) =>
        await CancelUnpaid.RunAsync(await Queue.ClaimDueAsync(1_000, Options.Lease, "node", stop), stop);

    public static async Task<T> NextAsync<T>(Channel<T> channel) =>
        await channel.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Eventually.Patience, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await Poller.StopAsync(CancellationToken.None);
        Poller.Dispose();
        Meters.Dispose();
        await _metrics.DisposeAsync();
        await _database.DisposeAsync();
    }
}
