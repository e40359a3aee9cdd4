using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.LatePayments;

/// <summary>What a late or duplicate payment says to the person who decides about it.</summary>
internal static class PaymentWords
{
    /// <summary>How long after the deadline and after the cancel the customer paid.</summary>
    public static string Lateness(this IStringLocalizer text, LatePayment payment)
    {
        var (deadline, cancel) = (text.Duration(payment.AfterDeadline.Duration()), text.Duration(payment.AfterCancel?.Duration()));
        var first = payment.AfterDeadline < TimeSpan.Zero ? text["Payments.BeforeDeadline", deadline] : text["Payments.AfterDeadline", deadline];
        return payment.AfterCancel is not { } afterCancel ? first
            : $"{first} {(afterCancel < TimeSpan.Zero ? text["Payments.BeforeCancel", cancel] : text["Payments.AfterCancel", cancel])}";
    }

    /// <summary>Whether the order's stock is there again; of a duplicate nobody asks.</summary>
    public static string Stock(this IStringLocalizer text, LatePayment payment) => payment.OrderStatus != OrderStatus.Cancelled ? text["Payments.Stock.NotNeeded"]
        : payment.StockIsThere ? text["Payments.Stock.There"]
        : text["Payments.Stock.Missing", payment.MissingSku!];
}
