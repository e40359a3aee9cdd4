using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Support;
using static OrderConsole.Tests.Support.Shop;

namespace OrderConsole.Tests.Orders;

public sealed class FinalOrdersOnSqlite() : FinalOrders(DatabaseProvider.Sqlite);

public sealed class FinalOrdersOnPostgres() : FinalOrders(DatabaseProvider.Postgres);

public abstract class FinalOrders(DatabaseProvider provider) : ShopTests(provider)
{
    [Fact]
    public async Task A_cancel_that_knows_the_present_version_of_a_final_order_changes_nothing()
    {
        await Shop.Stock.SetAsync("SKU-1", 10, Stop);
        foreach (var no in new[] { "PAID", "CANCELLED" }) await Shop.Place.PlaceAsync(Request(no), null, Stop);
        await Shop.Pay.RecordAsync("PAID", new PaymentReport("p", 10m, null), Stop);
        await Shop.Cancel.CancelAsync("CANCELLED", "by hand", Stop);
        var rows = await new OverdueOrderReader(Database.Orders).FactsAsync(["PAID", "CANCELLED"], Stop);

        // The version alone would let it through.
        (await Shop.Canceller.CancelAsync([.. rows.Values.Select(r => new CancelTarget(r.OrderId, r.Version, null))], "test", Stop)).ShouldBeEmpty();

        (await Shop.Orders.RowAsync("PAID", Stop))!.Status.ShouldBe(OrderStatus.Paid);
        (await Shop.Orders.RowAsync("CANCELLED", Stop))!.CancelReason.ShouldBe("by hand");
        (await Invariants.BrokenAsync(Database.Orders, 10)).ShouldBeEmpty();
    }
}
