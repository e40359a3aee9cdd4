using OrderConsole.Core.Locks;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Redis;
using OrderConsole.Core.Telemetry;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Locks;

/// <summary>Locks are taken away and cleaned up, and nobody's work is done twice or undone.</summary>
[Trait("Needs", "Locks")]
public sealed class SafeLocksTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Operator Somebody = Operator.System("somebody");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreSet.Postgres)]
    [InlineData(StoreSet.PostgresWithRedis)]
    public async Task A_frozen_holder_that_comes_back_after_its_lock_was_taken_away_changes_nothing_and_that_is_told(StoreSet set)
    {
        await using var stores = await StoreSetup.CreateAsync(set);
        await using var engine = await EngineAsync(stores);
        var no = (await new Shop(stores.Database.Orders).OverdueAsync(1)).Single();
        await Shop.QueueAsync(engine.Get<ITimeoutQueue>(), [no]);
        await using var frozen = ConsoleProcess.Launch(stores.Settings(("OC_FAULT", "locked:stop"), ("Timeouts:Lease", "00:05:00")));
        await Eventually.HoldsAsync(() => Task.FromResult(frozen.Output.Contains("fault point locked: stop", StringComparison.Ordinal)), "it is frozen under its lock", Patience);
        var seen = (await engine.Get<ILockInspector>().FindAsync(no, Stop)).ShouldNotBeNull();

        var unlock = await engine.Get<ForceUnlock>().RunAsync(no, seen.Token, "it hangs", Somebody, Stop);
        unlock.State.ShouldBe(OperationItemState.Done);
        (await engine.Get<ILockInspector>().FindAsync(no, Stop)).ShouldBeNull();
        (await engine.Get<OperationGate>().DoNowAsync(CancelOrders.ActionName, no, OperationParameters.None, "by hand", Somebody, Stop)).State.ShouldBe(OperationItemState.Done);
        await frozen.SignalAsync("CONT");

        var unlocks = engine.Get<ForceUnlocks>();
        await Eventually.HoldsAsync(async () => (await unlocks.OfAsync(no, 1, Stop)).Single().LateAt is not null, "the holder came back", Patience);
        (await unlocks.OfAsync(no, 1, Stop)).Single().Late.ShouldBe(LateHolder.CommitRefused);
        (await unlocks.LateOfAsync(unlock.OperationId, 5, Stop)).ShouldHaveSingleItem("on the receipt").OrderNo.ShouldBe(no);
        var row = (await engine.Get<OrderQueries>().RowAsync(no, Stop))!;
        (row.Status, row.Version, row.CancelReason).ShouldBe((OrderStatus.Cancelled, 3, "by hand"));
        (await Invariants.BrokenAsync(stores.Database.Orders, 1_000_000)).ShouldBeEmpty();
        frozen.Output.ShouldNotContain("fail:");
    }

    [Theory]
    [InlineData(StoreSet.Sqlite)]
    [InlineData(StoreSet.PostgresWithRedis)]
    public async Task Fifty_clicks_at_once_have_one_effect_and_a_stale_token_none(StoreSet set)
    {
        await using var stores = await StoreSetup.CreateAsync(set);
        await using var engine = await EngineAsync(stores);
        await PlacedAsync(stores, "A-1");
        var handle = (await engine.Get<IOrderLocks>().TryAcquireAsync(["A-1"], Lease, "gone:1:dead", Stop)).Acquired.Single();
        var unlock = engine.Get<ForceUnlock>();

        (await unlock.RunAsync("A-1", "what-was-on-screen-long-ago", "it hangs", Somebody, Stop)).Code.ShouldBe(RefusalCodes.TokenChanged);
        (await engine.Get<ILockInspector>().FindAsync("A-1", Stop)).ShouldNotBeNull().Token.ShouldBe(handle.Token);
        (await engine.Get<OrderQueries>().RowAsync("A-1", Stop))!.Version.ShouldBe(1);

        var clicks = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => unlock.RunAsync("A-1", handle.Token, "it hangs", Somebody, Stop)));

        clicks.Count(c => c.State == OperationItemState.Done).ShouldBe(1);
        clicks.Where(c => c.State != OperationItemState.Done).ShouldAllBe(c => c.Code == RefusalCodes.NotLocked || c.Code == RefusalCodes.UnlockedAlready);
        (await engine.Get<ILockInspector>().FindAsync("A-1", Stop)).ShouldBeNull();
        var details = (await engine.Get<OrderQueries>().FindAsync("A-1", Stop))!;
        details.Order.Version.ShouldBe(2);
        details.Events.Count(e => e.Kind == OrderEventKind.ForceUnlocked).ShouldBe(1);
        await engine.Get<IOrderLocks>().RenewAsync([handle], Lease, Stop);
        handle.LostToken.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_consoles_cleaning_at_once_remove_exactly_the_dead_locks()
    {
        await using var stores = await StoreSetup.CreateAsync(StoreSet.PostgresWithRedis);
        await using var engine = await EngineAsync(stores);
        var settings = stores.Settings(("Timeouts:Enabled", "false"), ("Timeouts:Lease", "00:05:00"), ("Locks:ForeignPrefixes:0", "billing:"));
        await using var one = await ConsoleProcess.StartAsync(settings);
        await using var two = await ConsoleProcess.StartAsync(settings);
        string[] alive = [];
        await Eventually.HoldsAsync(async () => (alive = await NodesAsync(engine)).Length == 2, "both give signs of life", Patience);
        await PlacedAsync(stores, "OWNED-0", "DEAD-0");
        var redis = stores.Redis.Raw;
        var dead = $"gone:4711:dead|{new string('a', 32)}";
        for (var i = 0; i < 200; i++) await redis.SendAsync("SET", $"order_lock:DEAD-{i}", dead, "PX", "600000");
        for (var i = 0; i < 150; i++) await redis.SendAsync("SET", $"order_lock:LEAKED-{i}", "another-service");
        for (var i = 0; i < 50; i++) await redis.SendAsync("SET", $"billing:LEAKED-{i}", "billing");
        await engine.Get<IOrderLocks>().TryAcquireAsync([.. Enumerable.Range(0, 50).Select(i => $"OWNED-{i}")], Lease, alive[0], Stop);
        for (var i = 0; i < 49; i++) await redis.SendAsync("SET", $"order_lock:FOREIGN-{i}", "another-service", "PX", "600000");
        await redis.SendAsync("HSET", "billing:FOREIGN", "0e8f2a54-bb0b-4d6c-8f0e-3a5b5a7f1c2d:41", "1");
        await redis.SendAsync("PEXPIRE", "billing:FOREIGN", "600000");
        await redis.SendAsync("LPUSH", "order_lock:LIST", "x");
        await redis.SendAsync("SET"u8.ToArray(), [.. "order_lock:"u8, 0, 255, 10], "x"u8.ToArray());

        var answers = await Task.WhenAll(new[] { one, two }.Select(CleanUpAsync));

        answers.Sum().ShouldBe(400);
        (await redis.SendAsync("EVAL", "return #redis.call('KEYS', 'order_lock:*') + #redis.call('KEYS', 'billing:*')", "0")).ShouldBe("102", "100 live ones, and two keys that are no locks");
        (await redis.SendAsync("EVAL", "return #redis.call('KEYS', 'order_lock:OWNED-*') + #redis.call('KEYS', 'order_lock:FOREIGN-*') + #redis.call('KEYS', 'billing:FOREIGN')", "0")).ShouldBe("100");
        (await engine.Get<OrderQueries>().RowAsync("DEAD-0", Stop))!.Version.ShouldBe(2, "a holder that wakes up late changes nothing");
        (await engine.Get<OrderQueries>().RowAsync("OWNED-0", Stop))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_circle_of_waiters_is_found_and_its_youngest_gives_way()
    {
        await using var stores = await StoreSetup.CreateAsync(StoreSet.Sqlite);
        await using var engine = await EngineAsync(stores);
        var waits = engine.Get<LockWaits>();
        Task<LocksTaken> TakeAsync(string[] numbers, IReadOnlyList<LockHandle> held, string owner) => waits.TakeAllAsync(numbers, held, Lease, Patience, owner, Stop);
        var (first, second) = ((await TakeAsync(["A-1"], [], "first")).Locks, (await TakeAsync(["A-2"], [], "second")).Locks);

        var older = TakeAsync(["A-2"], first, "first");
        await Eventually.HoldsAsync(async () => (await waits.WaitersAsync(["A-2"], Stop)).GetValueOrDefault("A-2") == 1, "the first one waits");
        var gaveWay = await TakeAsync(["A-1"], second, "second");

        gaveWay.GaveWay.ShouldBeTrue();
        gaveWay.Cycle.Select(m => (m.Owner, m.Holds, m.WaitsFor)).ShouldBe([("second", "A-2", "A-1"), ("first", "A-1", "A-2")]);
        older.IsCompleted.ShouldBeFalse("the older one waits on");
        await engine.Get<IOrderLocks>().ReleaseAsync(second, Stop);
        (await older).Locks.ShouldHaveSingleItem().OrderNo.ShouldBe("A-2");
        (await waits.WaitersAsync(["A-1", "A-2"], Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Callers_that_take_the_same_locks_in_one_call_never_wait_in_a_circle()
    {
        await using var stores = await StoreSetup.CreateAsync(StoreSet.Sqlite);
        await using var engine = await EngineAsync(stores);
        var waits = engine.Get<LockWaits>();

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            string[] numbers = i % 2 == 0 ? ["A-1", "A-2", "A-3"] : ["A-3", "A-2", "A-1"];
            var got = await waits.TakeAllAsync(numbers, [], Lease, Patience, $"caller-{i}", Stop);
            await engine.Get<IOrderLocks>().ReleaseAsync(got.Locks, Stop);
            return got;
        }));

        taken.ShouldAllBe(t => !t.GaveWay && t.Locks.Count == 3);
    }

    private static async Task<int> CleanUpAsync(ConsoleProcess console)
    {
        using var answer = await console.Http.PostAsync(new Uri("api/locks/cleanup", UriKind.Relative), new StringContent("""{"reason":"dead"}""", null, "application/json"), Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        using var json = System.Text.Json.JsonDocument.Parse(text);
        return json.RootElement.GetProperty("removed").GetInt32();
    }

    private static async Task<string[]> NodesAsync(Engine engine) => [.. (await engine.Get<ClusterTotals>().ReadAsync(Stop)).Nodes.Select(n => n.Name)];

    private static async Task<Engine> EngineAsync(StoreSetup stores)
    {
        var engine = await Engine.CreateAsync(stores.Settings(("Locks:ForeignPrefixes:0", "billing:")));
        if (stores.RedisOrNull is not null) engine.Get<RedisConnection>().Start();
        return engine;
    }

    private static async Task PlacedAsync(StoreSetup stores, params string[] numbers)
    {
        var shop = new Shop(stores.Database.Orders);
        await shop.Stock.SetAsync("SKU-1", 100, Stop);
        foreach (var no in numbers) await shop.Place.PlaceAsync(Shop.Request(no, TimeSpan.FromHours(1)), null, Stop);
    }
}
