using Microsoft.Extensions.Localization;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Components.Orders;

/// <summary>What an order's row says, in words.</summary>
internal static class OrderWords
{
    /// <summary>Our own reason in words; what a person wrote stays as it is.</summary>
    public static string CancelReason(this IStringLocalizer text, string? reason) => reason switch
    {
        null => "",
        CancelUnpaidOrders.Reason => text["Orders.Reason.Timeout"],
        _ => reason,
    };
}
