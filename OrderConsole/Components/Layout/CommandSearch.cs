using System.Globalization;
using System.Resources;
using OrderConsole.Components.Operations;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Layout;

/// <summary>One line of the command box.</summary>
/// <param name="Group">orders, pages or actions.</param>
/// <param name="Symbol">A glyph of the icon font.</param>
public sealed record Found(string Group, string Name, string Symbol, string? Url, bool IsReload = false, string? Opens = null, OperationRequest? Does = null);

/// <summary>Finds what a person types: the beginning of an order number, a page or an action by its name in any of the languages.</summary>
public sealed class CommandSearch(OrderQueries orders)
{
    public const int MostOrders = 8;

    private static readonly ResourceManager Names = new("OrderConsole.Resources.SharedResources", typeof(SharedResources).Assembly);

    /// <summary>Pages and actions; all of them for an empty text. Asks no store.</summary>
    public static IReadOnlyList<Found> Named(string text) =>
    [
        .. ShellPages.All.Where(p => IsCalled($"Page.{p.Key}", text)).Select(p => new Found("pages", Name($"Page.{p.Key}"), p.Symbol, p.Url)),
        .. Commands.All.Where(c => IsCalled($"Command.{c.Key}", text)).Select(c => new Found("actions", Name($"Command.{c.Key}"), "bolt", c.Url, c.IsReload, c.Opens, c.Does)),
    ];

    /// <summary>Up to <see cref="MostOrders"/> orders whose number begins so, the one that is called exactly so first; none when it cannot be a number.</summary>
    /// <exception cref="StoreUnavailableException">The orders' database does not answer.</exception>
    public async Task<IReadOnlyList<Found>> OrdersAsync(string text, CancellationToken cancel)
    {
        if (!OrderNumber.IsValid(text)) return [];
        var exact = await orders.RowAsync(text, cancel);
        var numbers = await orders.NumbersAsync(new OrderFilter { Search = text }, MostOrders, cancel);
        var all = exact is null ? numbers : numbers.Where(no => no != text).Prepend(text).Take(MostOrders);
        return [.. all.Select(no => new Found("orders", no, "receipt_long", Shared.OrderNo.UrlOf(no)))];
    }

    private static string Name(string key, string? language = null) =>
        Names.GetString(key, language is null ? CultureInfo.CurrentUICulture : CultureInfo.GetCultureInfo(language)) ?? key;

    private static bool IsCalled(string key, string text) =>
        text.Length == 0 || Screens.Languages.Any(language => Name(key, language).Contains(text, StringComparison.OrdinalIgnoreCase));
}
