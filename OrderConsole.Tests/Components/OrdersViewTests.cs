using OrderConsole.Components.Orders;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Orders;

namespace OrderConsole.Tests.Components;

public sealed class OrdersViewTests
{
    private const string Everything =
        "search=A-1&status=cancelled&overdue=false&createdFrom=2026-11-01&createdTo=2026-11-02T10:30&deadlineFrom=2026-11-03&deadlineTo=2026-11-04&totalFrom=9.50&totalTo=100&cancelReason=payment_timeout&sort=-total";

    [Fact]
    public void The_address_has_the_whole_view()
    {
        var query = PageQuery.Of("http://x/orders?" + Everything);
        var view = OrdersView.Of(query);

        query.Ignored.ShouldBeEmpty();
        view.Order.ShouldBe(OrderSort.TotalHighest);
        view.Filter.ShouldBe(new OrderFilter
        {
            Search = "A-1", Status = OrderStatus.Cancelled, Overdue = false, CreatedFrom = Day(1), CreatedTo = Day(2).AddHours(10.5),
            DeadlineFrom = Day(3), DeadlineTo = Day(4), TotalFrom = 9.5m, TotalTo = 100m, CancelReason = "payment_timeout",
        });
    }

    [Theory]
    [InlineData("search=a b", "search")]
    [InlineData("status=lost", "status")]
    [InlineData("status=1", "status")]
    [InlineData("totalFrom=-1", "totalFrom")]
    [InlineData("totalTo=1e9", "totalTo")]
    [InlineData("createdFrom=yesterday", "createdFrom")]
    [InlineData("sort=customer", "sort")]
    public void What_does_not_fit_is_left_out_by_name(string typed, string name)
    {
        var query = PageQuery.Of("http://x/orders?" + typed);

        OrdersView.Of(query).ShouldBe(new OrdersView(new OrderFilter(), new("created", true)));
        query.Ignored.ShouldBe([name]);
    }

    [Fact]
    public void The_file_is_of_the_same_view()
    {
        var url = OrdersView.Of(PageQuery.Of("http://x/orders?overdue=true&cancelReason=a%26b&deadlineFrom=2026-11-03&sort=deadline&page=3")).ExportUrl;

        url.ShouldBe("/api/orders/export?overdue=true&deadlineFrom=2026-11-03T00%3A00%3A00Z&cancelReason=a%26b&sort=DeadlineFirst");
        OrdersView.Of(PageQuery.Of("http://x/orders")).ExportUrl.ShouldBe("/api/orders/export");
    }

    private static DateTimeOffset Day(int day) => new(2026, 11, day, 0, 0, 0, TimeSpan.Zero);
}
