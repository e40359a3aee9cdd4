using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Support;
using static OrderConsole.Tests.Support.Shop;

namespace OrderConsole.Tests.Orders;

public sealed class CancellingAndExtendingOnSqlite() : CancellingAndExtending(DatabaseProvider.Sqlite);

public sealed class CancellingAndExtendingOnPostgres() : CancellingAndExtending(DatabaseProvider.Postgres);

public abstract class CancellingAndExtending(DatabaseProvider provider) : ShopTests(provider)
{
    private async Task<Order> PlacedAsync(string no)
    {
        if (await Shop.Stock.FindAsync("SKU-1", Stop) is null) await Shop.Stock.SetAsync("SKU-1", 100, Stop);
        await Shop.Place.PlaceAsync(Request(no, TimeSpan.FromMinutes(1)), null, Stop);
        return (await Shop.Orders.RowAsync(no, Stop))!;
    }

    [Fact]
    public async Task A_cancelled_order_gives_its_stock_back_once()
    {
        await PlacedAsync("A");

        (await Shop.Cancel.CancelAsync("A", "customer asked", Stop)).Status.ShouldBe(OrderStatus.Cancelled);

        (await Should.ThrowAsync<OrderRefusedException>(() => Shop.Cancel.CancelAsync("A", "again", Stop))).Code.ShouldBe(OrderRefusedException.NotPending);
        (await Shop.Stock.FindAsync("SKU-1", Stop))!.Available.ShouldBe(100);
        (await Invariants.BrokenAsync(Database.Orders, 100)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fifty_cancels_at_once_are_one()
    {
        var order = await PlacedAsync("A");

        var cancelled = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Task.Run(() => Shop.Canceller.CancelAsync([new CancelTarget(order.Id, order.Version, null)], "test", Stop), Stop)));

        cancelled.Sum(c => c.Count).ShouldBe(1);
        (await Invariants.BrokenAsync(Database.Orders, 100)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_that_has_moved_on_since_it_was_read_is_left_alone()
    {
        var read = await PlacedAsync("A");
        await Shop.Extend.ExtendAsync("A", TimeSpan.FromHours(1), Stop);

        (await Shop.Canceller.CancelAsync([new CancelTarget(read.Id, read.Version, null)], "test", Stop)).ShouldBeEmpty();

        (await Shop.Orders.RowAsync("A", Stop))!.Status.ShouldBe(OrderStatus.Pending);
    }

    [Fact]
    public async Task Of_a_batch_only_those_still_as_they_were_read_are_cancelled()
    {
        var (a, b, c) = (await PlacedAsync("A"), await PlacedAsync("B"), await PlacedAsync("C"));
        await Shop.Pay.RecordAsync("B", new PaymentReport("p", 10m, null), Stop);

        var cancelled = await Shop.Canceller.CancelAsync([.. new[] { c, b, a }.Select(o => new CancelTarget(o.Id, o.Version, null))], "test", Stop);

        cancelled.Order().ShouldBe([a.Id, c.Id]);
        (await Invariants.BrokenAsync(Database.Orders, 100)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Batches_that_overlap_in_opposite_order_cancel_each_order_once()
    {
        var numbers = await Shop.OverdueAsync(400, skus: 3);
        var facts = await new OverdueOrderReader(Database.Orders).FactsAsync(numbers, Stop);
        var targets = facts.Values.Select(f => new CancelTarget(f.OrderId, f.Version, null)).ToArray();

        var cancelled = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
            (await Shop.Canceller.CancelAsync(i % 2 == 0 ? targets : [.. targets.Reverse()], "test", Stop)).Count, Stop)));

        cancelled.Sum().ShouldBe(400);
        (await Invariants.BrokenAsync(Database.Orders, 1_000_000)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Extending_moves_the_deadline_of_a_pending_order_only()
    {
        var before = await PlacedAsync("A");

        var after = await Shop.Extend.ExtendAsync("A", TimeSpan.FromMinutes(10), Stop);

        (after.ExpiresAt - before.ExpiresAt).ShouldBe(TimeSpan.FromMinutes(10));
        after.Version.ShouldBe(before.Version + 1);
        (await Should.ThrowAsync<InvalidInputException>(() => Shop.Extend.ExtendAsync("A", TimeSpan.Zero, Stop))).Field.ShouldBe("by");
        await Shop.Cancel.CancelAsync("A", "test", Stop);
        (await Should.ThrowAsync<OrderRefusedException>(() => Shop.Extend.ExtendAsync("A", TimeSpan.FromMinutes(1), Stop))).Code.ShouldBe(OrderRefusedException.NotPending);
        (await Should.ThrowAsync<OrderRefusedException>(() => Shop.Extend.ExtendAsync("B", TimeSpan.FromMinutes(1), Stop))).Code.ShouldBe(OrderRefusedException.UnknownOrder);
    }

    [Fact]
    public async Task A_cancel_without_a_reason_is_refused()
    {
        await PlacedAsync("A");
        (await Should.ThrowAsync<InvalidInputException>(() => Shop.Cancel.CancelAsync("A", " ", Stop))).Field.ShouldBe("reason");
        (await Should.ThrowAsync<InvalidInputException>(() => Shop.Cancel.CancelAsync("A", new string('x', 201), Stop))).Field.ShouldBe("reason");
    }
}
