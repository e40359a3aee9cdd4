using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Timeouts;

/// <summary>
/// A console that is killed, or frozen for longer than its lease, between every two steps of the way; another one then
/// finishes the work, each order once.
/// </summary>
public abstract class KilledProcesses(StoreSet set)
{
    private const int Orders = 300;
    // Lease, recovery and poll of these settings, and the start of a process on a busy machine.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(40);
    // Until a fresh process has come to the point at which it dies: no promise is made of that.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("claimed")]
    [InlineData("checked")]
    [InlineData("locked")]
    [InlineData("updated")]
    [InlineData("committed")]
    [InlineData("released")]
    public async Task Killed_at(string point)
    {
        await using var stores = await StoreSetup.CreateAsync(set);
        await using var engine = await PreparedAsync(stores, queued: true);
        // The second batch, so that one has gone through before.
        await using var console = ConsoleProcess.Launch(stores.Settings(("Timeouts:BatchSize", "100"), ("OC_FAULT", $"{point}:kill:2")));
        await console.WaitForExitAsync(Patience);
        console.Output.ShouldContain($"fault point {point}: kill");
        (await Invariants.BrokenAsync(stores.Database.Orders, 1_000_000)).ShouldBeEmpty();

        // What it left behind is in the stores; on one of them the console itself comes back, which takes ten times as long to start.
        if (set == StoreSet.Sqlite) await console.RestartAsync([new("OC_FAULT", null)]);
        else await engine.StartAsync();

        await AllCancelledAndNothingLeftAsync(stores, engine);
    }

    [Fact]
    public async Task Killed_between_an_orders_commit_and_the_queue()
    {
        await using var stores = await StoreSetup.CreateAsync(set);
        await using var engine = await PreparedAsync(stores, queued: false);
        await using var console = await ConsoleProcess.StartAsync(stores.Settings(("OC_FAULT", "placed:kill"), ("Timeouts:Enabled", "false")));
        await Should.ThrowAsync<HttpRequestException>(() => console.Http.PostAsync(new Uri("api/orders/batch", UriKind.Relative),
            new StringContent("""[{"orderNo":"HALFWAY","currency":"CNY","paymentWindow":"00:00:01","lines":[{"sku":"SKU-0","quantity":1,"unitPrice":1}]}]""", null, "application/json")));
        await console.WaitForExitAsync(Patience);

        await console.RestartAsync([new("OC_FAULT", null), new("Timeouts:Enabled", "true")]);

        await AllCancelledAndNothingLeftAsync(stores, engine);
        (await engine.Get<OrderQueries>().RowAsync("HALFWAY", TestContext.Current.CancellationToken))!.Status.ShouldBe(OrderStatus.Cancelled);
    }

    private static async Task<Engine> PreparedAsync(StoreSetup stores, bool queued)
    {
        var numbers = await new Shop(stores.Database.Orders).OverdueAsync(Orders);
        var engine = await Engine.CreateAsync(stores.Settings());
        if (stores.RedisOrNull is not null) engine.Get<Core.Redis.RedisConnection>().Start();
        if (queued) await Shop.QueueAsync(engine.Get<ITimeoutQueue>(), numbers);
        return engine;
    }

    /// <summary>A lease is renewed only while a batch takes long: here because somebody else holds the rows of its orders.</summary>
    protected async Task KilledAtARenewalAsync()
    {
        await using var stores = await StoreSetup.CreateAsync(set);
        await using var engine = await Engine.CreateAsync(stores.Settings());
        if (stores.RedisOrNull is not null) engine.Get<Core.Redis.RedisConnection>().Start();
        await using var console = await ConsoleProcess.StartAsync(stores.Settings(("Timeouts:ReconcileInterval", "01:00:00"), ("OC_FAULT", "renewed:kill")));
        var numbers = await new Shop(stores.Database.Orders).OverdueAsync(Orders);
        await using (var db = stores.Database.Orders.Read())
        {
            await using var holding = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await db.Database.ExecuteSqlRawAsync("SELECT id FROM orders ORDER BY id FOR UPDATE", TestContext.Current.CancellationToken);
            await Shop.QueueAsync(engine.Get<ITimeoutQueue>(), numbers);
            await console.WaitForExitAsync(Patience);
            console.Output.ShouldContain("fault point renewed: kill");
            (await Invariants.ByStatusAsync(stores.Database.Orders)).ShouldHaveSingleItem().Key.ShouldBe(OrderStatus.Pending);
        }

        await engine.StartAsync();

        await AllCancelledAndNothingLeftAsync(stores, engine);
    }

    protected async Task FrozenForLongerThanItsLeaseAsync(string point)
    {
        await using var stores = await StoreSetup.CreateAsync(set);
        await using var engine = await PreparedAsync(stores, queued: true);
        await using var frozen = ConsoleProcess.Launch(stores.Settings(("Timeouts:BatchSize", "100"), ("OC_FAULT", $"{point}:stop:2")));
        await Eventually.HoldsAsync(() => frozen.Output.Contains($"fault point {point}: stop", StringComparison.Ordinal), "it is frozen", Patience);

        await using var other = await ConsoleProcess.StartAsync(stores.Settings());
        await AllCancelledAndNothingLeftAsync(stores, engine);
        await frozen.SignalAsync("CONT");

        // It has come to itself when it answers again; whatever it still had in hand has then been refused.
        await Eventually.HoldsAsync(async () => (await frozen.Http.GetAsync(new Uri("health/live", UriKind.Relative))).IsSuccessStatusCode, "it goes on", Bound);
        await frozen.StopAsync();
        (await Invariants.BrokenAsync(stores.Database.Orders, 1_000_000)).ShouldBeEmpty();
        (await engine.Get<IQueueInspector>().CountAsync(TestContext.Current.CancellationToken)).Total.ShouldBe(0);
    }

    private static async Task AllCancelledAndNothingLeftAsync(StoreSetup stores, Engine engine)
    {
        await Eventually.HoldsAsync(async () => !(await Invariants.ByStatusAsync(stores.Database.Orders)).ContainsKey(OrderStatus.Pending), "all are final", Bound);
        await Eventually.HoldsAsync(async () => await engine.Get<IQueueInspector>().CountAsync(CancellationToken.None) is { Total: 0, Dead: 0 }, "the queue is empty", Bound);
        await Eventually.HoldsAsync(async () => await engine.Get<Core.Locks.ILockInspector>().CountAsync(CancellationToken.None) == 0, "no lock is held", Bound);
        (await Invariants.BrokenAsync(stores.Database.Orders, 1_000_000)).ShouldBeEmpty();
    }
}

public sealed class KilledProcessesOnSqlite() : KilledProcesses(StoreSet.Sqlite);

// Renewals and frozen ones not on SQLite: whoever holds its one write lock holds up queue and locks too.
public sealed class KilledProcessesOnPostgres() : KilledProcesses(StoreSet.Postgres)
{
    [Fact]
    public Task Killed_at_a_renewal() => KilledAtARenewalAsync();

    [Theory]
    [InlineData("claimed")]
    [InlineData("locked")]
    // In the middle of the transaction: its rows are free again when the server has ended it.
    [InlineData("updated")]
    public Task Frozen_for_longer_than_its_lease_at(string point) => FrozenForLongerThanItsLeaseAsync(point);
}

public sealed class KilledProcessesOnPostgresWithRedis() : KilledProcesses(StoreSet.PostgresWithRedis)
{
    [Fact]
    public Task Killed_at_a_renewal() => KilledAtARenewalAsync();

    [Theory]
    [InlineData("checked")]
    [InlineData("locked")]
    [InlineData("committed")]
    public Task Frozen_for_longer_than_its_lease_at(string point) => FrozenForLongerThanItsLeaseAsync(point);
}
