using OrderConsole.Components.Orders;
using OrderConsole.Core.Orders;

namespace OrderConsole.Tests.Components;

public sealed class OrderSelectionTests
{
    private readonly OrderSelection _selection = new();

    [Fact]
    public void Outlives_pages_and_counts_them()
    {
        _selection.Set(["A", "B"], 1, true);
        _selection.Show(new OrderFilter());
        _selection.Set("C", 2, true);
        _selection.Set("B", 1, false);

        (_selection.Count, _selection.Pages).ShouldBe((2, 2));
        _selection.Targets().Listed.ShouldBe(["A", "C"], ignoreOrder: true);
    }

    [Fact]
    public void Another_filter_forgets_what_is_not_seen_any_more()
    {
        _selection.Set("A", 1, true);

        _selection.Show(new OrderFilter { Overdue = true });

        _selection.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Everything_that_matches_is_the_filter_itself()
    {
        var filter = new OrderFilter { Status = OrderStatus.Pending };
        _selection.Show(filter);
        _selection.SelectAll();

        _selection.Has("never seen").ShouldBeTrue();
        _selection.Targets().Orders.ShouldBe(filter);
        _selection.Targets().Listed.ShouldBeNull();

        _selection.Set("A", 1, true);
        _selection.Targets().Listed.ShouldBe(["A"]);
    }
}
