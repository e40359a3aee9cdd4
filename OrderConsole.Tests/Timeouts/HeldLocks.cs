using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;
using OrderConsole.Tests.Support;
using static OrderConsole.Tests.Support.Shop;

namespace OrderConsole.Tests.Timeouts;

[Trait("Needs", "Locks")]
public sealed class HeldLocksOnSqlite() : HeldLocks(StoreSet.Sqlite);

[Trait("Needs", "Locks")]
public sealed class HeldLocksOnPostgres() : HeldLocks(StoreSet.Postgres);

[Trait("Needs", "Locks")]
public sealed class HeldLocksOnPostgresWithRedis() : HeldLocks(StoreSet.PostgresWithRedis)
{
    [Fact]
    public async Task A_lock_that_another_service_took_is_respected()
    {
        await PutTogetherAsync();
        var numbers = await Shop.OverdueAsync(2);
        await QueueAsync(Queue, numbers);
        await Stores.Redis.Raw.SendAsync("SET", $"order_lock:{numbers[0]}", "theirs", "NX", "PX", "60000");

        await Engine.StartAsync();
        await StatusIsAsync(numbers[1], OrderStatus.Cancelled);
        (await OrderAsync(numbers[0])).Order.Status.ShouldBe(OrderStatus.Pending);
        (await Stores.Redis.Raw.SendAsync("GET", $"order_lock:{numbers[0]}")).ShouldBe("theirs");

        await Stores.Redis.Raw.SendAsync("DEL", $"order_lock:{numbers[0]}");
        await StatusIsAsync(numbers[0], OrderStatus.Cancelled);
    }

    [Fact]
    public async Task A_timeout_that_another_program_added_is_picked_up_within_a_second()
    {
        await PutTogetherAsync();
        var numbers = await Shop.OverdueAsync(1);
        await Engine.StartAsync();
        await StatusIsAsync(numbers[0], OrderStatus.Cancelled);
        await Shop.Place.PlaceAsync(Request("FOREIGN", TimeSpan.FromSeconds(1), ("SKU-0", 1)), null, Stop);
        await Shop.MakeOverdueAsync();

        var addedAt = TimeProvider.System.GetTimestamp();
        await Stores.Redis.Raw.SendAsync("ZADD", "order_timeouts", "1700000000", "FOREIGN");
        await StatusIsAsync("FOREIGN", OrderStatus.Cancelled);

        TimeProvider.System.GetElapsedTime(addedAt).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }
}

/// <summary>What happens to an order whose lock somebody else holds: a number, and never an error.</summary>
public abstract class HeldLocks(StoreSet set) : EngineTests(set)
{
    // Outlasts the start of an order's first attempt on a busy machine.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task An_order_whose_lock_is_held_is_put_back_quietly_and_cancelled_when_it_is_free()
    {
        await PutTogetherAsync();
        var numbers = await Shop.OverdueAsync(3);
        await QueueAsync(Queue, numbers);
        var held = await Engine.Get<IOrderLocks>().TryAcquireAsync([numbers[0]], TimeSpan.FromMinutes(5), "somebody", Stop);

        await Engine.StartAsync();
        await StatusIsAsync(numbers[1], OrderStatus.Cancelled);
        await Eventually.HoldsAsync(async () => await Inspector.FindAsync(numbers[0], Stop) is { Reason: "lock_held", Failed: 0, Crashed: 0 }, "it is put back", Patience);
        (await OrderAsync(numbers[0])).Order.Status.ShouldBe(OrderStatus.Pending);
        await Engine.Get<IOrderLocks>().ReleaseAsync(held.Acquired, Stop);

        await StatusIsAsync(numbers[0], OrderStatus.Cancelled);
        Engine.Get<TimeoutMeters>().TotalLocksLost.ShouldBeGreaterThan(0);
        Warnings.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lock_that_is_about_to_end_is_waited_for_once()
    {
        await HeldBeforeItIsDueAsync();

        await StatusIsAsync("HELD", OrderStatus.Cancelled);

        Engine.Get<TimeoutMeters>().TotalLocksLost.ShouldBe(1);
        Warnings.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lock_that_is_about_to_end_again_is_not_waited_for_twice()
    {
        var held = await HeldBeforeItIsDueAsync();

        await PutBackAsync("lock_nearly_expired");
        await PutBackAsync("lock_held");

        Engine.Get<TimeoutMeters>().TotalLocksLost.ShouldBe(2);

        // Renewed at each look, the lock is always about to end and never ends.
        Task PutBackAsync(string reason) => Eventually.HoldsAsync(async () =>
        {
            await Engine.Get<IOrderLocks>().RenewAsync(held, Lease, Stop);
            return await Inspector.FindAsync("HELD", Stop) is { State: QueueState.Retrying } entry && entry.Reason == reason;
        }, $"it is put back: {reason}", Patience);
    }

    /// <summary>
    /// A running console, and an order that is locked before it is placed: placed before the start, its deadline would be handed
    /// over in the middle of its attempts and have the queue forget that it waited already.
    /// </summary>
    private async Task<IReadOnlyList<LockHandle>> HeldBeforeItIsDueAsync()
    {
        // Put back for minutes, were it not for the wait.
        await PutTogetherAsync(("Timeouts:LockHeldDelay", "00:05:00"), ("Timeouts:LockNearExpiry", "00:00:08"));
        await Shop.Stock.SetAsync("SKU-0", 10, Stop);
        await Engine.StartAsync();
        var held = await Engine.Get<IOrderLocks>().TryAcquireAsync(["HELD"], Lease, "somebody", Stop);
        await Shop.Place.PlaceAsync(Request("HELD", TimeSpan.FromSeconds(1), ("SKU-0", 1)), null, Stop);
        return held.Acquired;
    }
}
