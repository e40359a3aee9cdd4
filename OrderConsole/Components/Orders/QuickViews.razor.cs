using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;

namespace OrderConsole.Components.Orders;

/// <summary>The views that are asked for most, as links.</summary>
public sealed partial class QuickViews
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private PageClock Clock { get; set; } = default!;

    [Parameter, EditorRequired] public PageQuery Query { get; set; } = default!;

    private IReadOnlyList<Tab> Views =>
    [
        View(Text["Orders.View.All"], ""),
        View(Text["Orders.View.Overdue"], "?overdue=true&sort=deadline"),
        View(Text["Orders.View.Pending"], "?status=pending&sort=deadline"),
        View(Text["Orders.View.CancelledToday"], $"?status=cancelled&deadlineFrom={Today}"),
        View(Text["Orders.View.PaidToday"], $"?status=paid&createdFrom={Today}"),
    ];

    private string Today => Clock.Now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Tab View(string title, string query) => new(title, "/orders" + query, Query.With("size", null) == PageQuery.Of("http://x/orders" + query).With("size", null), HasCount: false);
}
