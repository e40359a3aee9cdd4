using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Support;
using static OrderConsole.Tests.Support.Shop;

namespace OrderConsole.Tests.Timeouts;

public sealed class TheWayOnSqlite() : TheWay(StoreSet.Sqlite);

public sealed class TheWayOnPostgres() : TheWay(StoreSet.Postgres);

public sealed class TheWayOnPostgresWithRedis() : TheWay(StoreSet.PostgresWithRedis);

/// <summary>An order's timeout from end to end.</summary>
public abstract class TheWay(StoreSet set) : EngineTests(set)
{
    [Fact]
    public async Task Unpaid_orders_are_cancelled_soon_after_their_deadline_and_paid_ones_are_not()
    {
        await PutTogetherAsync();
        await Shop.Stock.SetAsync("SKU-1", 1_000, Stop);
        var placed = await Shop.Place.PlaceBatchAsync([.. Enumerable.Range(0, 60).Select(i => Request($"A{i:D2}", TimeSpan.FromSeconds(1 + i % 2)))], Stop);
        // Paid before anybody cancels: which of the two wins is another test's matter, and a slow machine's.
        foreach (var (order, i) in placed.Select((p, i) => (p.Placed!, i)).Where(p => p.i % 2 == 0))
            await Shop.Pay.RecordAsync(order.OrderNo, new PaymentReport($"pay-{i}", order.Total, null), Stop);
        await Engine.StartAsync();
        await AllFinalAsync();

        var byStatus = await Invariants.ByStatusAsync(Engine.Database);
        (byStatus[OrderStatus.Paid], byStatus[OrderStatus.Cancelled]).ShouldBe((30, 30));
        var cancelled = await OrderAsync("A01");
        cancelled.Order.CancelReason.ShouldBe(CancelUnpaidOrders.Reason);
        cancelled.Order.CancelledAt!.Value.ShouldBeGreaterThanOrEqualTo(cancelled.Order.ExpiresAt);
        (cancelled.Order.CancelledAt.Value - cancelled.Order.ExpiresAt).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        cancelled.Events[^1].Detail!.ShouldContain("\"attempt\":1");
        await NothingIsLeftAsync();
        (await Invariants.BrokenAsync(Engine.Database, 1_000)).ShouldBeEmpty();
        Warnings.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backlog_is_drained_in_full_batches_and_each_order_once()
    {
        await PutTogetherAsync(("Timeouts:BatchSize", "100"));
        // A shop that hands nothing over: what its orders would add to the queue could come after they are done.
        var numbers = await new Shop(Engine.Database).OverdueAsync(2_000);
        await QueueAsync(Queue, numbers);

        await Engine.StartAsync();
        await AllFinalAsync();

        await NothingIsLeftAsync();
        (await Invariants.BrokenAsync(Engine.Database, 1_000_000)).ShouldBeEmpty();
        var meters = Engine.Get<TimeoutMeters>();
        (meters.TotalClaimed, meters.TotalCancelled, meters.TotalLocksLost).ShouldBe((2_000, 2_000, 0));
        Warnings.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_extended_order_waits_for_its_new_deadline()
    {
        await PutTogetherAsync();
        await Shop.Stock.SetAsync("SKU-1", 10, Stop);
        await Engine.StartAsync();
        await Shop.Place.PlaceAsync(Request("A", TimeSpan.FromSeconds(1)), null, Stop);
        var extended = await Shop.Extend.ExtendAsync("A", TimeSpan.FromSeconds(2), Stop);
        // The queue is told the old deadline by somebody who does not know of the new one.
        await QueueAsync(Queue, ["A"]);

        await StatusIsAsync("A", OrderStatus.Cancelled);

        (await OrderAsync("A")).Order.CancelledAt!.Value.ShouldBeGreaterThanOrEqualTo(extended.ExpiresAt);
        Warnings.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Entries_of_final_orders_are_let_go_without_a_word()
    {
        await PutTogetherAsync();
        var numbers = await Shop.OverdueAsync(2);
        await Shop.Pay.RecordAsync(numbers[0], new PaymentReport("p", 30m, null), Stop);
        await Shop.Cancel.CancelAsync(numbers[1], "by hand", Stop);
        await QueueAsync(Queue, numbers);

        await Engine.StartAsync();
        await NothingIsLeftAsync();

        (await OrderAsync(numbers[0])).Order.Status.ShouldBe(OrderStatus.Paid);
        (await OrderAsync(numbers[1])).Order.CancelReason.ShouldBe("by hand");
        Warnings.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_number_without_an_order_becomes_a_dead_letter_and_stops_nobody()
    {
        await PutTogetherAsync();
        var numbers = await Shop.OverdueAsync(20);
        await QueueAsync(Queue, ["NOBODY", .. numbers]);

        await Engine.StartAsync();
        await AllFinalAsync();

        await Eventually.HoldsAsync(async () => await Inspector.FindAsync("NOBODY", Stop) is { State: QueueState.Dead, Reason: DeadLetterReasons.UnknownOrder }, "NOBODY is a dead letter", Patience);
    }

    [Fact]
    public async Task One_order_that_can_not_be_cancelled_becomes_a_dead_letter_and_the_rest_of_its_batch_goes_on()
    {
        await PutTogetherAsync(("Timeouts:MaxFailures", "2"), ("Timeouts:ReconcileInterval", "01:00:00"));
        var numbers = await Shop.OverdueAsync(100);
        await PoisonAsync(numbers[41]);
        await QueueAsync(Queue, numbers);

        await Engine.StartAsync();

        await Eventually.HoldsAsync(async () => await Inspector.FindAsync(numbers[41], Stop) is { State: QueueState.Dead }, "the bad one is a dead letter", Patience);
        var dead = (await Inspector.FindAsync(numbers[41], Stop))!;
        (dead.Reason, dead.Failed, dead.Crashed).ShouldBe((DeadLetterReasons.Failed, 2, 0));
        dead.Detail!.ShouldContain("poison");
        await Eventually.HoldsAsync(async () => (await Invariants.ByStatusAsync(Engine.Database))[OrderStatus.Cancelled] == 99, "the others are cancelled", Patience);
        (await Invariants.BrokenAsync(Engine.Database, 1_000_000)).ShouldBeEmpty();
    }

    [Fact]
    public async Task With_the_queue_lost_the_reconciler_alone_has_everything_finished()
    {
        await PutTogetherAsync();
        await Shop.OverdueAsync(1_500);

        await Engine.StartAsync();
        await AllFinalAsync();

        await NothingIsLeftAsync();
        (await Invariants.BrokenAsync(Engine.Database, 1_000_000)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_that_was_queued_with_a_nonsensical_time_is_cancelled_all_the_same()
    {
        await PutTogetherAsync(("Timeouts:ReconcileInterval", "00:00:05"));
        var numbers = await Shop.OverdueAsync(1);
        await Queue.ScheduleAsync([new ScheduledTimeout(numbers[0], DateTimeOffset.MaxValue)], Stop);
        (await Queue.ClaimDueAsync(10, TimeSpan.FromSeconds(3), "somebody", Stop)).Rejected.ShouldHaveSingleItem().Reason.ShouldBe(DeadLetterReasons.AbsurdScore);

        await Engine.StartAsync();

        await StatusIsAsync(numbers[0], OrderStatus.Cancelled);
    }

    [Fact]
    public async Task Reconciling_finds_what_is_lost_and_what_is_a_ghost_and_touches_nothing_else()
    {
        await PutTogetherAsync();
        var numbers = await Shop.OverdueAsync(300);
        foreach (var no in numbers.Take(10)) await Shop.Cancel.CancelAsync(no, "by hand", Stop);
        var dueAt = TimeProvider.System.GetUtcNow().AddHours(1);
        // Ten ghosts, five numbers that no order has, and everything but thirty lost ones.
        await Queue.ScheduleAsync([.. numbers.SkipLast(30).Concat(Enumerable.Range(0, 5).Select(i => $"NOBODY-{i}")).Select(no => new ScheduledTimeout(no, dueAt))], Stop);

        var found = await Engine.Get<Reconciler>().ReconcileAsync(whole: true, Stop);
        var again = await Engine.Get<Reconciler>().ReconcileAsync(whole: true, Stop);

        (found.Lost, found.Ghosts).ShouldBe((30, 10));
        (again.Lost, again.Ghosts).ShouldBe((0, 0));
        (await Inspector.FindAsync(numbers[20], Stop))!.DueAt.ShouldBe(dueAt, TimeSpan.FromMilliseconds(2));
        (await Inspector.CountAsync(Stop)).Total.ShouldBe(300 - 10 + 5);
    }

    private Task<int> PoisonAsync(string orderNo) => Engine.Database.WriteAsync(async db =>
    {
        await using var command = db.Command(Engine.Database.IsSqlite
            ? $"CREATE TRIGGER poison BEFORE UPDATE ON orders WHEN NEW.no = '{orderNo}' BEGIN SELECT RAISE(ABORT, 'poison'); END"
            : $"""
               CREATE FUNCTION poison() RETURNS trigger AS $$ BEGIN IF NEW.no = '{orderNo}' THEN RAISE 'poison'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql;
               CREATE TRIGGER poison BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION poison();
               """);
        return await command.ExecuteNonQueryAsync();
    }, Stop);
}
