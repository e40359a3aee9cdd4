using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Orders;

/// <summary>Puts filters into the address; a whole order number that is newly typed leads to its order.</summary>
public sealed partial class OrderFilterForm
{
    private PageQuery? _shown;
    private string? _searched;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private OrderQueries Orders { get; set; } = default!;

    [Parameter, EditorRequired] public PageQuery Query { get; set; } = default!;
    [Parameter, EditorRequired] public OrdersView View { get; set; } = default!;

    private string Search { get; set; } = "";
    private string Status { get; set; } = "";
    private string Overdue { get; set; } = "";
    private DateTime? CreatedFrom { get; set; }
    private DateTime? CreatedTo { get; set; }
    private DateTime? DeadlineFrom { get; set; }
    private DateTime? DeadlineTo { get; set; }
    private string TotalFrom { get; set; } = "";
    private string TotalTo { get; set; } = "";
    private string CancelReason { get; set; } = "";
    private bool IsSearchFaulty { get; set; }
    private bool IsAmountFaulty { get; set; }
    private bool HasMore { get; set; }

    protected override void OnParametersSet()
    {
        // What somebody is typing stays when the page is only repainted.
        if (_shown == Query) return;
        _shown = Query;
        var filter = View.Filter;
        _searched = filter.Search;
        Search = filter.Search ?? "";
        Status = filter.Status?.ToString().ToLowerInvariant() ?? "";
        Overdue = filter.Overdue is { } overdue ? overdue ? "true" : "false" : "";
        (CreatedFrom, CreatedTo) = (filter.CreatedFrom?.UtcDateTime, filter.CreatedTo?.UtcDateTime);
        (DeadlineFrom, DeadlineTo) = (filter.DeadlineFrom?.UtcDateTime, filter.DeadlineTo?.UtcDateTime);
        (TotalFrom, TotalTo) = (Plain(filter.TotalFrom), Plain(filter.TotalTo));
        CancelReason = filter.CancelReason ?? "";
        HasMore = (CreatedFrom ?? CreatedTo ?? DeadlineFrom ?? DeadlineTo) is not null || (TotalFrom + TotalTo + CancelReason).Length > 0;
        (IsSearchFaulty, IsAmountFaulty) = (false, false);
    }

    private async Task SubmitAsync()
    {
        var search = Search.Trim();
        IsSearchFaulty = search.Length > 0 && !OrderNumber.IsValid(search);
        IsAmountFaulty = new[] { TotalFrom, TotalTo }.Any(amount => amount.Trim() is { Length: > 0 } text && !OrdersView.IsAmount(text));
        if (IsSearchFaulty || IsAmountFaulty) return;
        if (search.Length > 0 && search != _searched && await IsOrderAsync(search))
        {
            Navigation.NavigateTo(OrderNo.UrlOf(search));
            return;
        }
        Navigation.NavigateTo(Query.With(
            ("search", search), ("status", Status), ("overdue", Overdue),
            ("createdFrom", Moment(CreatedFrom)), ("createdTo", Moment(CreatedTo)), ("deadlineFrom", Moment(DeadlineFrom)), ("deadlineTo", Moment(DeadlineTo)),
            ("totalFrom", TotalFrom), ("totalTo", TotalTo), ("cancelReason", CancelReason)));
    }

    private async Task<bool> IsOrderAsync(string no)
    {
        try
        {
            return await Orders.RowAsync(no, CancellationToken.None) is not null;
        }
        catch (Core.Data.StoreUnavailableException)
        {
            // The list below says it, with a retry.
            return false;
        }
    }

    private static string? Moment(DateTime? at) => at?.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    private static string Plain(decimal? amount) => amount?.ToString(CultureInfo.InvariantCulture) ?? "";
}
