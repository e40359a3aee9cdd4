using OrderConsole.Components.Shared;
using OrderConsole.Core.Orders;

namespace OrderConsole.Tests.Components;

public sealed class ShellPageQueryTests
{
    private static PageQuery Of(string query) => PageQuery.Of("http://localhost/orders" + query);

    [Fact]
    public void Reads_what_fits()
    {
        var query = Of("?status=paid&search=%20A-1%20&overdue=true&page=3&size=100&sort=-total&from=2026-11-22&least=5");

        query.One<OrderStatus>("status").ShouldBe(OrderStatus.Paid);
        query.Text("search", 64, OrderNumber.IsValid).ShouldBe("A-1");
        query.YesNo("overdue").ShouldBe(true);
        (query.Page(), query.Size()).ShouldBe((3, 100));
        query.Sort(new("deadline", false), "deadline", "total").ShouldBe(new("total", true));
        query.Time("from").ShouldBe(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));
        query.Number("least", 0, 10).ShouldBe(5);
        query.Ignored.ShouldBeEmpty();
    }

    [Fact]
    public void Leaves_out_what_does_not_fit_and_says_so()
    {
        var query = Of("?status=1&search=a%0Ab&overdue=maybe&page=-1&size=51&sort=-nothing&from=yesterday&least=11&view=x&twice=1&twice=2");

        query.One<OrderStatus>("status").ShouldBeNull();
        query.Text("search").ShouldBeNull();
        query.YesNo("overdue").ShouldBeNull();
        (query.Page(), query.Size()).ShouldBe((1, 50));
        query.Sort(new("deadline", false), "deadline").ShouldBe(new("deadline", false));
        query.Time("from").ShouldBeNull();
        query.Number("least", 0, 10).ShouldBeNull();
        query.OneOf("view", "all", "mine").ShouldBe("all");
        query.Text("twice").ShouldBeNull();
        query.Ignored.ShouldBe(["from", "least", "overdue", "page", "search", "size", "sort", "status", "twice", "view"]);
    }

    [Fact]
    public void What_is_absent_is_not_ignored()
    {
        var query = Of("");

        (query.One<OrderStatus>("status"), query.Text("search"), query.Page(), query.Size()).ShouldBe((null, null, 1, 50));
        query.Ignored.ShouldBeEmpty();
    }

    [Fact]
    public void A_change_keeps_the_rest_and_goes_back_to_the_first_page()
    {
        var query = Of("?status=paid&page=3");

        query.With("search", "A&B").ShouldBe("/orders?status=paid&search=A%26B");
        query.With("page", 4).ShouldBe("/orders?status=paid&page=4");
        query.With(("status", null), ("overdue", true)).ShouldBe("/orders?overdue=true");
        query.With("status", OrderStatus.Pending).ShouldBe("/orders?status=pending");
    }
}
