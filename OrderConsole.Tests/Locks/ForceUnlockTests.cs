using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OrderConsole.Core.Data;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Locks.Database;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Redis;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Locks;

/// <summary>What an unlock by force does to its holder, to whoever dies while doing it, and to other services' locks.</summary>
[Trait("Needs", "Locks")]
public sealed class ForceUnlockTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Operator Somebody = Operator.System("somebody");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_holder_that_is_alive_learns_that_its_lock_was_taken_away_and_leaves_the_order_alone()
    {
        await using var stores = await StoreSetup.CreateAsync(StoreSet.Sqlite);
        UnlockedOnce? locks = null;
        await using var engine = await Engine.CreateAsync(stores.Settings(), services => services.AddSingleton<IOrderLocks>(p =>
            locks = new UnlockedOnce(new DatabaseOrderLocks(p.GetRequiredService<OrderDatabase>(), TimeProvider.System), p)));
        var no = (await new Shop(stores.Database.Orders).OverdueAsync(1)).Single();
        await Shop.QueueAsync(engine.Get<ITimeoutQueue>(), [no]);

        await engine.StartAsync();
        await Eventually.HoldsAsync(async () => (await engine.Get<OrderQueries>().RowAsync(no, Stop))!.Status == OrderStatus.Cancelled, "the next round cancels it", Patience);

        locks!.Told.ShouldBeTrue("LostToken of the holder");
        var unlock = (await engine.Get<ForceUnlocks>().OfAsync(no, 5, Stop)).ShouldHaveSingleItem();
        (unlock.Late, unlock.LateNode, unlock.Version).ShouldBe((LateHolder.GaveUp, Core.Telemetry.Node.ThisProcess.Name, 2L));
        var details = (await engine.Get<OrderQueries>().FindAsync(no, Stop))!;
        (details.Order.Version, details.Events.Count(e => e.Kind == OrderEventKind.Cancelled)).ShouldBe((3, 1));
        (await Invariants.BrokenAsync(stores.Database.Orders, 1_000_000)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_console_that_is_killed_between_the_steps_of_an_unlock_leaves_one_effect_to_whoever_goes_on()
    {
        string[] faults = ["lock-seen", "fenced", "unlocked"];
        await using var stores = await StoreSetup.CreateAsync(StoreSet.PostgresWithRedis);
        await using var engine = await OpenAsync(stores);
        var shop = new Shop(stores.Database.Orders);
        await shop.Stock.SetAsync("SKU-1", 100, Stop);
        foreach (var fault in faults) await shop.Place.PlaceAsync(Shop.Request(fault, TimeSpan.FromHours(1)), null, Stop);
        var taken = (await engine.Get<IOrderLocks>().TryAcquireAsync(faults, Lease, "gone:1:dead", Stop)).Acquired;

        await Task.WhenAll(faults.Select(async fault =>
        {
            await using var console = await ConsoleProcess.StartAsync(stores.Settings(("OC_FAULT", $"{fault}:kill"), ("Timeouts:Enabled", "false")));
            await console.UntilReadingAsync();
            using var body = new StringContent($$"""{"token":"{{taken[0].Token}}","reason":"it hangs"}""", null, "application/json");
            await Record.ExceptionAsync(() => console.Http.PostAsync(new Uri($"api/locks/{fault}/release", UriKind.Relative), body, Stop));
            await console.WaitForExitAsync(Patience);
        }));
        // First the version, then the lock: nobody may take a lock whose last holder could still commit.
        async Task<(long, bool)> LeftAsync(string no) => ((await engine.Get<OrderQueries>().RowAsync(no, Stop))!.Version, await engine.Get<ILockInspector>().FindAsync(no, Stop) is not null);
        (await LeftAsync("lock-seen"), await LeftAsync("fenced"), await LeftAsync("unlocked")).ShouldBe(((1, true), (2, true), (2, false)));
        // The next one to lock the order has nothing to do with what is left of the unlock.
        var next = (await engine.Get<IOrderLocks>().TryAcquireAsync(["unlocked"], Lease, "next:2:here", Stop)).Acquired.ShouldHaveSingleItem();

        await engine.StartAsync();
        await Eventually.HoldsAsync(() => engine.Database.ReadAsync(async db =>
            await db.Operations.CountAsync(o => o.State == OperationState.Finished, Stop) == faults.Length), "another console ends all three", Patience);
        foreach (var fault in faults)
        {
            var details = (await engine.Get<OrderQueries>().FindAsync(fault, Stop))!;
            (details.Order.Version, details.Events.Count(e => e.Kind == OrderEventKind.ForceUnlocked)).ShouldBe((2, 1), fault);
            (await engine.Get<ForceUnlocks>().OfAsync(fault, 5, Stop)).ShouldHaveSingleItem(fault).RemovedAt.ShouldNotBeNull();
            (await engine.Get<ILockInspector>().FindAsync(fault, Stop))?.Token.ShouldBe(fault == "unlocked" ? next.Token : "nobody's", fault);
        }
        (await engine.Database.ReadAsync(db => db.OperationItems.Select(i => i.State).ToListAsync(Stop))).ShouldAllBe(s => s == OperationItemState.Done);
        await engine.Get<IOrderLocks>().RenewAsync([next], Lease, Stop);
        next.IsLost.ShouldBeFalse();
    }

    [Fact]
    public async Task Fifty_who_unlock_the_same_order_at_once_on_two_consoles_have_one_effect()
    {
        await using var stores = await StoreSetup.CreateAsync(StoreSet.PostgresWithRedis);
        await using var engine = await OpenAsync(stores);
        var shop = new Shop(stores.Database.Orders);
        await shop.Stock.SetAsync("SKU-1", 100, Stop);
        await shop.Place.PlaceAsync(Shop.Request("ONE", TimeSpan.FromHours(1)), null, Stop);
        var taken = (await engine.Get<IOrderLocks>().TryAcquireAsync(["ONE"], Lease, "gone:1:dead", Stop)).Acquired.Single();
        await using var first = await ConsoleProcess.StartAsync(stores.Settings(("Timeouts:Enabled", "false")));
        await using var second = await ConsoleProcess.StartAsync(stores.Settings(("Timeouts:Enabled", "false")));
        await first.UntilReadingAsync();
        await second.UntilReadingAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            using var body = new StringContent($$"""{"token":"{{taken.Token}}","reason":"click {{i}}"}""", null, "application/json");
            using var answer = await (i % 2 == 0 ? first : second).Http.PostAsync(new Uri("api/locks/ONE/release", UriKind.Relative), body, Stop);
            return (int)answer.StatusCode;
        }));

        answers.Count(status => status == 200).ShouldBe(1);
        answers.Where(status => status != 200).ShouldAllBe(status => status == 409);
        var details = (await engine.Get<OrderQueries>().FindAsync("ONE", Stop))!;
        (details.Order.Version, details.Events.Count(e => e.Kind == OrderEventKind.ForceUnlocked)).ShouldBe((2, 1));
        (await engine.Get<ForceUnlocks>().OfAsync("ONE", 50, Stop)).ShouldHaveSingleItem().RemovedAt.ShouldNotBeNull();
        (await engine.Get<ILockInspector>().FindAsync("ONE", Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Another_services_lock_under_its_own_prefix_is_taken_away_as_it_was_seen_and_ours_of_that_order_stays()
    {
        await using var stores = await StoreSetup.CreateAsync(StoreSet.PostgresWithRedis);
        await using var engine = await OpenAsync(stores);
        var (shop, raw, unlock, orders) = (new Shop(stores.Database.Orders), stores.Redis.Raw, engine.Get<ForceUnlock>(), engine.Get<OrderQueries>());
        await shop.Stock.SetAsync("SKU-1", 100, Stop);
        var ours = (await engine.Get<IOrderLocks>().TryAcquireAsync(["STRING", "HASH"], Lease, "here:1:aaaa", Stop)).Acquired;
        await raw.SendAsync("SET", "billing:STRING", "billing-7", "PX", "600000");
        await raw.SendAsync("HSET", "billing:HASH", "0e8f2a54-bb0b-4d6c-8f0e-3a5b5a7f1c2d:41", "2");

        foreach (var no in new[] { "STRING", "HASH" })
        {
            await shop.Place.PlaceAsync(Shop.Request(no, TimeSpan.FromHours(1)), null, Stop);
            var key = "billing:" + no;
            var seen = (await engine.Get<ILockInspector>().FindAsync(key, Stop)).ShouldNotBeNull();
            (seen.OrderNo, seen.Prefix, seen.Owner).ShouldBe((no, "billing:", null));
            (await unlock.RunAsync(key, "another", "it hangs", Somebody, Stop)).Code.ShouldBe(RefusalCodes.TokenChanged);
            (await orders.RowAsync(no, Stop))!.Version.ShouldBe(1);

            (await unlock.RunAsync(key, seen.Token, "it hangs", Somebody, Stop)).State.ShouldBe(OperationItemState.Done);

            (await raw.SendAsync("EXISTS", key)).ShouldBe("0");
            (await orders.RowAsync(no, Stop))!.Version.ShouldBe(2, "whoever worked under it changes nothing");
            (await unlock.RunAsync(key, seen.Token, "it hangs", Somebody, Stop)).Code.ShouldBe(RefusalCodes.NotLocked);
        }
        await engine.Get<IOrderLocks>().RenewAsync(ours, Lease, Stop);
        ours.ShouldAllBe(handle => !handle.IsLost);
    }

    private static async Task<Engine> OpenAsync(StoreSetup stores)
    {
        var engine = await Engine.CreateAsync(stores.Settings(("Locks:ForeignPrefixes:0", "billing:"), ("Timeouts:Enabled", "false")));
        engine.Get<RedisConnection>().Start();
        return engine;
    }

    /// <summary>Takes the first lock away from its holder just after it was given, and lets the holder renew it.</summary>
    private sealed class UnlockedOnce(IOrderLocks inner, IServiceProvider services) : IOrderLocks
    {
        private bool _isDone;

        public bool Told { get; private set; }

        public async Task<LockResult> TryAcquireAsync(IReadOnlyList<string> orderNos, TimeSpan lease, string owner, CancellationToken cancel)
        {
            var result = await inner.TryAcquireAsync(orderNos, lease, owner, cancel);
            if (_isDone || result.Acquired.Count == 0) return result;
            _isDone = true;
            var handle = result.Acquired[0];
            using var told = handle.LostToken.Register(() => Told = true);
            (await services.GetRequiredService<ForceUnlock>().RunAsync(handle.OrderNo, handle.Token, "it hangs", Somebody, cancel)).State.ShouldBe(OperationItemState.Done);
            await inner.RenewAsync([handle], lease, cancel);
            return result;
        }

        public Task RenewAsync(IReadOnlyList<LockHandle> handles, TimeSpan lease, CancellationToken cancel) => inner.RenewAsync(handles, lease, cancel);

        public Task<int> ReleaseAsync(IReadOnlyList<LockHandle> handles, CancellationToken cancel) => inner.ReleaseAsync(handles, cancel);
    }
}
