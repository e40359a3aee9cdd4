using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Tests.Support;
using static OrderConsole.Tests.Support.Shop;

namespace OrderConsole.Tests.Orders;

public sealed class PlacingOrdersOnSqlite() : PlacingOrders(DatabaseProvider.Sqlite);

public sealed class PlacingOrdersOnPostgres() : PlacingOrders(DatabaseProvider.Postgres);

public abstract class PlacingOrders(DatabaseProvider provider) : ShopTests(provider)
{
    [Fact]
    public async Task Two_hundred_callers_for_a_hundred_pieces_place_a_hundred_orders()
    {
        await Shop.Stock.SetAsync("SKU-1", 100, Stop);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            try
            {
                await Shop.Place.PlaceAsync(Request($"C{i}"), null, Stop);
                return "placed";
            }
            catch (OrderRefusedException e)
            {
                return e.Code;
            }
        }, Stop)));

        outcomes.Count(o => o == "placed").ShouldBe(100);
        outcomes.Count(o => o == OrderRefusedException.OutOfStock).ShouldBe(100);
        var stock = await Shop.Stock.FindAsync("SKU-1", Stop);
        (stock!.Available, stock.Reserved, stock.Sold).ShouldBe((0L, 100L, 0L));
        (await Invariants.BrokenAsync(Database.Orders, 100)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Callers_that_want_the_same_skus_in_opposite_order_all_get_them()
    {
        await Shop.Stock.SetAsync("SKU-A", 1_000, Stop);
        await Shop.Stock.SetAsync("SKU-B", 1_000, Stop);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => Shop.Place.PlaceAsync(i % 2 == 0
            ? Request(null, null, ("SKU-A", 1), ("SKU-B", 2))
            : Request(null, null, ("SKU-B", 2), ("SKU-A", 1)), null, Stop), Stop)));

        (await Shop.Stock.FindAsync("SKU-B", Stop))!.Reserved.ShouldBe(200);
        (await Invariants.BrokenAsync(Database.Orders, 1_000)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_request_under_the_same_key_is_one_order_and_one_answer()
    {
        await Shop.Stock.SetAsync("SKU-1", 100, Stop);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Shop.Place.PlaceAsync(Request(), "key-1", Stop), Stop)));

        answers.Select(a => a with { Replayed = false }).Distinct().Count().ShouldBe(1);
        answers.Count(a => !a.Replayed).ShouldBe(1);
        (await Shop.Stock.FindAsync("SKU-1", Stop))!.Reserved.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_used_for_another_request_is_refused()
    {
        await Shop.Stock.SetAsync("SKU-1", 100, Stop);
        await Shop.Place.PlaceAsync(Request(), "key-1", Stop);

        var refused = await Should.ThrowAsync<OrderRefusedException>(() => Shop.Place.PlaceAsync(Request(null, null, ("SKU-1", 2)), "key-1", Stop));

        refused.Code.ShouldBe(OrderRefusedException.IdempotencyKeyReused);
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        await Shop.Stock.SetAsync("SKU-1", 0, Stop);
        await Should.ThrowAsync<OrderRefusedException>(() => Shop.Place.PlaceAsync(Request(), "key-1", Stop));
        await Shop.Stock.SetAsync("SKU-1", 1, Stop);

        (await Shop.Place.PlaceAsync(Request(), "key-1", Stop)).Status.ShouldBe(OrderStatus.Pending);
    }

    [Fact]
    public async Task A_number_is_given_once_however_many_ask_for_it()
    {
        await Shop.Stock.SetAsync("SKU-1", 100, Stop);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await Shop.Place.PlaceAsync(Request("SAME"), null, Stop)).OrderNo;
            }
            catch (OrderRefusedException e)
            {
                return e.Code;
            }
        }, Stop)));

        outcomes.Count(o => o == "SAME").ShouldBe(1);
        outcomes.Count(o => o == OrderRefusedException.DuplicateOrderNo).ShouldBe(19);
        (await Shop.Stock.FindAsync("SKU-1", Stop))!.Reserved.ShouldBe(1);
    }

    [Fact]
    public async Task In_a_batch_the_refused_ones_do_not_stop_the_others()
    {
        await Shop.Stock.SetAsync("SKU-1", 2, Stop);

        var results = await Shop.Place.PlaceBatchAsync([Request("A"), Request("A"), Request("B", null, ("SKU-9", 1)), Request("C"), Request("D")], Stop);

        results.Select(r => r.Code).ShouldBe([null, OrderRefusedException.DuplicateOrderNo, OrderRefusedException.UnknownSku, null, OrderRefusedException.OutOfStock]);
        (await Invariants.BrokenAsync(Database.Orders, 2)).ShouldBeEmpty();
    }

    [Fact]
    public async Task In_a_batch_an_invalid_one_stops_all_and_is_named()
    {
        await Shop.Stock.SetAsync("SKU-1", 10, Stop);

        var invalid = await Should.ThrowAsync<InvalidInputException>(() => Shop.Place.PlaceBatchAsync([Request("A"), Request("B", null, ("SKU-1", 0))], Stop));

        invalid.Field.ShouldBe("[1].lines[0].quantity");
        (await Shop.Orders.FindAsync("A", Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Placing_reserves_the_stock_and_writes_its_ledger_and_first_event()
    {
        await Shop.Stock.SetAsync("SKU-1", 10, Stop);

        var placed = await Shop.Place.PlaceAsync(Request(null, TimeSpan.FromMinutes(5), ("SKU-1", 2), ("SKU-1", 1)), null, Stop);

        var order = (await Shop.Orders.FindAsync(placed.OrderNo, Stop))!;
        (order.Order.Status, order.Order.Version, order.Order.Total).ShouldBe((OrderStatus.Pending, 1L, 30m));
        (order.Order.ExpiresAt - order.Order.CreatedAt).ShouldBe(TimeSpan.FromMinutes(5));
        order.Events.ShouldHaveSingleItem().Kind.ShouldBe(OrderEventKind.Scheduled);
        (await Shop.Stock.FindAsync("SKU-1", Stop))!.Reserved.ShouldBe(3);
    }
}
