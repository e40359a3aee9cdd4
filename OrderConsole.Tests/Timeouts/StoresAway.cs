using OrderConsole.Core.Orders;
using OrderConsole.Core.Redis;
using OrderConsole.Core.Telemetry;
using OrderConsole.Tests.Support;
using static OrderConsole.Tests.Support.Shop;

namespace OrderConsole.Tests.Timeouts;

/// <summary>The stores go and come back; the engine waits, and goes on by itself.</summary>
public sealed class StoresAway() : EngineTests(StoreSet.PostgresWithRedis, forgetful: true)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Redis_away_at_start_is_said_and_all_goes_on_within_five_seconds_of_its_return()
    {
        Stores.Redis.Kill();
        await PutTogetherAsync();
        await Shop.OverdueAsync(50);
        await Engine.StartAsync();
        await Eventually.HoldsAsync(() => !Engine.Get<ProcessorHealth>().IsProgressing, "health says that nothing progresses", Patience);
        Engine.Get<RedisConnection>().Health.Reachable.ShouldBeFalse();
        Engine.Get<ProcessorHealth>().LastError!.ShouldContain("Redis");

        await Stores.Redis.RestartAsync();

        await AllFinalAsync(Soon);
        Engine.Get<ProcessorHealth>().IsProgressing.ShouldBeTrue();
        (await Invariants.BrokenAsync(Engine.Database, 1_000_000)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Redis_killed_at_work_and_back_empty_loses_no_order()
    {
        await PutTogetherAsync(("Timeouts:BatchSize", "20"));
        await Shop.Stock.SetAsync("SKU-1", 10_000, Stop);
        await Engine.StartAsync();
        await Shop.Place.PlaceBatchAsync([.. Enumerable.Range(0, 500).Select(i => Request($"K{i:D3}", TimeSpan.FromMilliseconds(1_000 + i * 2)))], Stop);
        await StatusIsAsync("K000", OrderStatus.Cancelled);

        await Stores.Redis.RestartAsync();

        await AllFinalAsync(TimeSpan.FromSeconds(10));
        await NothingIsLeftAsync();
        (await Invariants.BrokenAsync(Engine.Database, 10_000)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_flushed_queue_is_noticed_by_the_reconciler()
    {
        await PutTogetherAsync();
        await Shop.Stock.SetAsync("SKU-1", 10_000, Stop);
        await Engine.StartAsync();
        await Shop.Place.PlaceBatchAsync([.. Enumerable.Range(0, 200).Select(i => Request($"F{i:D3}", TimeSpan.FromSeconds(2)))], Stop);
        await Eventually.HoldsAsync(async () => (await Inspector.CountAsync(Stop)).Total == 200, "all are queued", Patience);

        await Stores.Redis.Raw.SendAsync("FLUSHALL");

        await AllFinalAsync();
        (await Invariants.BrokenAsync(Engine.Database, 10_000)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0")]
    [InlineData("REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE")]
    [InlineData("SCRIPT FLUSH", "PING")]
    public async Task A_server_that_refuses_costs_no_order_an_attempt(string trouble, string cure)
    {
        await PutTogetherAsync();
        await Shop.Stock.SetAsync("SKU-1", 10_000, Stop);
        await Engine.StartAsync();
        await Shop.Place.PlaceBatchAsync([.. Enumerable.Range(0, 100).Select(i => Request($"R{i:D3}", TimeSpan.FromSeconds(2)))], Stop);
        await Eventually.HoldsAsync(async () => (await Inspector.CountAsync(Stop)).Total == 100, "all are queued", Patience);

        await Stores.Redis.Raw.SendAsync(trouble.Split(' '));
        await Eventually.HoldsAsync(async () => (await Orders.OverdueAsync(Stop)).Count > 0 || trouble == "SCRIPT FLUSH", "they are overdue", Patience);
        await Stores.Redis.Raw.SendAsync(cure.Split(' '));

        await AllFinalAsync();
        Engine.Get<TimeoutMeters>().TotalFailed.ShouldBe(0);
        (await OrderAsync("R000")).Events[^1].Detail!.ShouldContain("\"attempt\":1");
        (await Invariants.BrokenAsync(Engine.Database, 10_000)).ShouldBeEmpty();
    }
}

/// <summary>The database goes and comes back.</summary>
public sealed class DatabaseAway : IAsyncLifetime
{
    private PostgresServer? _postgres;
    private RedisServer? _redis;
    private Engine? _engine;

    public async ValueTask InitializeAsync() => (_postgres, _redis) = (await PostgresServer.StartAsync(), await RedisServer.StartAsync());

    [Fact]
    public async Task A_database_that_stops_and_comes_back_loses_no_order_and_costs_no_attempt()
    {
        _engine = await Engine.CreateAsync(new Dictionary<string, string?>
        {
            ["Database:Provider"] = "Postgres", ["ConnectionStrings:Orders"] = await _postgres!.CreateDatabaseAsync(),
            ["Queue:Store"] = "Redis", ["Locks:Store"] = "Redis", ["ConnectionStrings:Redis"] = _redis!.ConnectionString,
            ["Timeouts:Lease"] = "00:00:03", ["Timeouts:RecoverInterval"] = "00:00:01", ["Timeouts:BatchSize"] = "20",
        });
        var shop = new Shop(_engine.Database, _engine.Get<Core.Timeouts.DeadlineScheduler>());
        await shop.Stock.SetAsync("SKU-1", 10_000, CancellationToken.None);
        await _engine.StartAsync();
        await shop.Place.PlaceBatchAsync([.. Enumerable.Range(0, 400).Select(i => Request($"D{i:D3}", TimeSpan.FromMilliseconds(1_000 + i * 5)))], CancellationToken.None);
        await Eventually.HoldsAsync(async () => (await _engine.Get<OrderQueries>().RowAsync("D000", CancellationToken.None))!.Status == OrderStatus.Cancelled, "the first is cancelled");

        await _postgres.StopImmediatelyAsync();
        await Eventually.HoldsAsync(() => _engine.Get<ProcessorHealth>().LastError is not null || !_engine.Get<ProcessorHealth>().IsProgressing, "health tells", TimeSpan.FromSeconds(10));
        await _postgres.RestartAsync();

        await Eventually.HoldsAsync(async () => !(await Invariants.ByStatusAsync(_engine.Database)).ContainsKey(OrderStatus.Pending), "all are final", TimeSpan.FromSeconds(15));
        _engine.Get<TimeoutMeters>().TotalFailed.ShouldBe(0);
        (await Invariants.BrokenAsync(_engine.Database, 10_000)).ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        if (_redis is not null) await _redis.DisposeAsync();
    }
}
