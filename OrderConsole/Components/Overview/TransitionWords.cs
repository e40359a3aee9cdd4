using System.Globalization;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Live;

namespace OrderConsole.Components.Overview;

/// <summary>A change of an order as a sentence.</summary>
internal static class TransitionWords
{
    public static string Of(TransitionFigures transition, IStringLocalizer text) => transition switch
    {
        { Kind: "cancelled" } when Figures.NumberIn(transition.Detail, "due") is { } due =>
            text["Kind.cancelled", text.Duration(Positive(transition.At - DateTimeOffset.FromUnixTimeMilliseconds(due)))],
        { Kind: "cancelled", Detail: { Length: > 0 } reason } => text["Kind.cancelled.Reason", reason],
        { Kind: "cancelled" } => text["Kind.cancelled.Plain"],
        { Kind: "extended" } when TimeSpan.TryParseExact(transition.Detail, "c", CultureInfo.InvariantCulture, out var by) =>
            text["Kind.extended", text.Duration(by)],
        { Kind: "extended" } => text["Kind.extended.Plain"],
        { Kind: "scheduled" } => text["Kind.scheduled"],
        { Kind: "paid" } => text["Kind.paid"],
        { Kind: "paymentRecorded" } => text["Kind.paymentRecorded"],
        { Kind: "reinstated" } => text["Kind.reinstated"],
        { Kind: "refunded" } => text["Kind.refunded"],
        { Kind: "forceUnlocked" } => text["Kind.forceUnlocked"],
        _ => transition.Kind,
    };

    // Two machines' clocks may differ by a little.
    private static TimeSpan Positive(TimeSpan duration) => duration < TimeSpan.Zero ? TimeSpan.Zero : duration;
}
