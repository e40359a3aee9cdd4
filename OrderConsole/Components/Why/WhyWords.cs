using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Components.Timeouts;
using OrderConsole.Core.Diagnostics.WhyStillHere;

namespace OrderConsole.Components.Why;

/// <summary>The answer as a sentence, and what comes next.</summary>
internal static class WhyWords
{
    /// <summary>Why it is where it is, in one or two plain sentences.</summary>
    public static string Sentence(this IStringLocalizer text, WhyAnswer answer) => text[$"Why.{answer.Verdict}",
        Printable.Of(answer.No, 80), Deadline(text, answer), Holder(text, answer), Left(text, answer), Reason(text, answer), Tries(answer)];

    /// <summary>The one safe next step, and under which condition it is one.</summary>
    public static string Next(this IStringLocalizer text, WhyAnswer answer) => text[$"Why.{answer.Verdict}.Do"];

    /// <summary>Where more about it stands, when that is not on the order's own page.</summary>
    public static (string Url, string Words)? Link(this IStringLocalizer text, WhyAnswer answer) => answer.Verdict switch
    {
        Verdict.PaidUndecided or Verdict.CancelledUndecided => ("/late-payments", text["Page.payments"]),
        Verdict.LockLeaked or Verdict.LockBySilent or Verdict.LockForeign or Verdict.LockHeld => (EntryName.LockUrlOf(answer.No), text["Page.locks"]),
        Verdict.NobodyProcesses or Verdict.OrdersAway or Verdict.QueueAway or Verdict.LocksAway => ("/", text["Page.overview"]),
        Verdict.Unknown or Verdict.NoNumber => ("/orders", text["Page.orders"]),
        _ => null,
    };

    /// <summary>good, accent, warn or bad: a class of the style sheet.</summary>
    public static string Tone(Verdict verdict) => verdict switch
    {
        Verdict.Paid or Verdict.Cancelled => "good",
        Verdict.NotDue or Verdict.OnItsWay or Verdict.BeingCancelled or Verdict.InLine or Verdict.LockHeld or Verdict.LockForeign or Verdict.ClaimOver => "accent",
        Verdict.Lost or Verdict.Dead or Verdict.StuckClaim or Verdict.LockLeaked or Verdict.NobodyProcesses or Verdict.OrdersAway or Verdict.QueueAway or Verdict.LocksAway => "bad",
        _ => "warn",
    };

    private static string Deadline(IStringLocalizer text, WhyAnswer answer) =>
        answer.Details is { } details ? text.Moment(details.Order.ExpiresAt, answer.At) : Figures.Unread;

    private static string Holder(IStringLocalizer text, WhyAnswer answer) => answer switch
    {
        { Verdict: Verdict.Paused, Cluster.Pause: { } pause } => pause.By,
        { Verdict: Verdict.LockLeaked or Verdict.LockForeign, Lock: { IsForeign: true } held } => held.Token is { } token ? Printable.Of(token, 60) : text["Why.Nameless"],
        { Verdict: Verdict.LockLeaked or Verdict.LockBySilent or Verdict.LockHeld, Lock.Owner: { } owner } => Printable.Of(owner, 60),
        { Entry.Owner: { } owner } => Printable.Of(owner, 60),
        _ => text["Why.Nameless"],
    };

    private static string Left(IStringLocalizer text, WhyAnswer answer) => answer switch
    {
        { Verdict: Verdict.LockBySilent or Verdict.LockForeign or Verdict.LockHeld, Lock.TimeLeft: { } left } => text.Duration(left),
        { Entry.LeaseUntil: { } until } => text.Duration((until - answer.At).Duration()),
        { Entry: { } entry } => text.Moment(entry.DueAt, answer.At),
        _ => Figures.Unread,
    };

    private static string Reason(IStringLocalizer text, WhyAnswer answer) => answer switch
    {
        { Verdict: Verdict.Paused, Cluster.Pause: { } pause } => pause.Reason,
        _ => text.Reason(answer.Entry?.Reason) ?? text["Why.NoReason"],
    };

    private static string Tries(WhyAnswer answer) => Figures.Count((answer.Entry?.Failed ?? 0) + (answer.Entry?.Crashed ?? 0));
}
