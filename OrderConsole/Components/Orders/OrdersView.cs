using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Orders;

/// <summary>Which orders the list shows and in what order, as its address says; who has the address has the view.</summary>
public sealed record OrdersView(OrderFilter Filter, Sorting Sort)
{
    private const int MaxAmountLength = 20;

    public static OrdersView Of(PageQuery query) => new(
        new OrderFilter
        {
            Search = query.Text("search", OrderNumber.MaxLength, OrderNumber.IsValid),
            Status = query.One<OrderStatus>("status"),
            Overdue = query.YesNo("overdue"),
            CreatedFrom = query.Time("createdFrom"), CreatedTo = query.Time("createdTo"),
            DeadlineFrom = query.Time("deadlineFrom"), DeadlineTo = query.Time("deadlineTo"),
            TotalFrom = AmountOf(query.Text("totalFrom", MaxAmountLength, IsAmount)), TotalTo = AmountOf(query.Text("totalTo", MaxAmountLength, IsAmount)),
            CancelReason = query.Text("cancelReason", OperationGate.MaxReasonLength),
        },
        query.Sort(new("created", Descending: true), "created", "deadline", "total"));

    public bool IsFiltered => Filter != new OrderFilter();

    public OrderSort Order => Sort switch
    {
        { By: "deadline", Descending: true } => OrderSort.DeadlineLast,
        { By: "deadline" } => OrderSort.DeadlineFirst,
        { By: "total", Descending: true } => OrderSort.TotalHighest,
        { By: "total" } => OrderSort.TotalLowest,
        { Descending: true } => OrderSort.Newest,
        _ => OrderSort.Oldest,
    };

    /// <summary>The address that gives the whole view as a file.</summary>
    public string ExportUrl => QueryHelpers.AddQueryString("/api/orders/export", Parameters().Where(p => p.Value is not null));

    /// <summary>An amount as addresses have it: digits and a point, no sign.</summary>
    public static bool IsAmount(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private IEnumerable<KeyValuePair<string, string?>> Parameters() =>
    [
        new("search", Filter.Search), new("status", Filter.Status?.ToString().ToLowerInvariant()), new("overdue", Filter.Overdue is { } overdue ? overdue ? "true" : "false" : null),
        new("createdFrom", Moment(Filter.CreatedFrom)), new("createdTo", Moment(Filter.CreatedTo)),
        new("deadlineFrom", Moment(Filter.DeadlineFrom)), new("deadlineTo", Moment(Filter.DeadlineTo)),
        new("totalFrom", Filter.TotalFrom?.ToString(CultureInfo.InvariantCulture)), new("totalTo", Filter.TotalTo?.ToString(CultureInfo.InvariantCulture)),
        new("cancelReason", Filter.CancelReason), new("sort", Order == OrderSort.Newest ? null : Order.ToString()),
    ];

    private static string? Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static decimal? AmountOf(string? text) => text is null ? null : decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
