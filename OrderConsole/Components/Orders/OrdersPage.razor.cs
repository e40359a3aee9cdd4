using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Orders;

/// <summary>All orders: find one, or a view of many and do something to them.</summary>
public sealed partial class OrdersPage
{
    [Inject] private OrderQueries Queries { get; set; } = default!;

    private Load<OrderPage> Orders { get; set; } = default!;
    private OrdersView View { get; set; } = default!;
    private OrderSelection Selection { get; } = new();

    protected override void OnInitialized()
    {
        base.OnInitialized();
        View = OrdersView.Of(Query);
        Orders = NewLoad<OrderPage>();
    }

    protected override Task OnQueryAsync()
    {
        View = OrdersView.Of(Query);
        Selection.Show(View.Filter);
        var (view, page, size) = (View, Query.Page(), Query.Size());
        return Orders.RunAsync(cancel => Queries.PageAsync(view.Filter, view.Order, page, size, cancel));
    }

    private static IEnumerable<string> Numbers(OrderPage list) => list.Items.Select(o => o.No);

    private void Tick(string no, int page, ChangeEventArgs change) => Selection.Set(no, page, change.Value is true);

    private void Tick(OrderPage list, ChangeEventArgs change) => Selection.Set(Numbers(list), list.Page, change.Value is true);

    private Task DoneAsync()
    {
        Selection.Clear();
        return Orders.AgainAsync();
    }
}
