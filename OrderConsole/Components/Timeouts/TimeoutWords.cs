using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Components.Timeouts;

/// <summary>What an entry of the queue says to people.</summary>
internal static class TimeoutWords
{
    /// <summary>The stable words that have a text of their own; another one is shown as it is.</summary>
    public static IReadOnlyList<string> Reasons { get; } =
    [
        DeadLetterReasons.Malformed, DeadLetterReasons.AbsurdScore, DeadLetterReasons.UnknownOrder, DeadLetterReasons.Failed, DeadLetterReasons.Crashed,
        TimeoutEvents.Outcomes.LockHeld, TimeoutEvents.Outcomes.LockNearlyExpired, TimeoutEvents.Outcomes.ChangedMeanwhile, TimeoutEvents.Outcomes.LockLost,
        TimeoutEvents.Outcomes.StoreUnavailable, TimeoutEvents.Outcomes.LeaseEnded,
    ];

    public static string? Reason(this IStringLocalizer text, string? code) =>
        code is null ? null : Reasons.Contains(code) ? text[$"Timeouts.Reason.{code}"].Value : text["Timeouts.ReasonUnknown", Printable.Of(code, 60)].Value;

    /// <summary>How many more tries may go wrong, in whichever way, before nobody tries any more; at least 0.</summary>
    public static int AttemptsLeft(QueueEntry entry, TimeoutOptions options) => entry.State == QueueState.Dead ? 0
        : Math.Max(0, Math.Min(options.MaxFailures - entry.Failed, options.MaxCrashes - entry.Crashed));

    /// <summary>The state as texts and styles spell it.</summary>
    public static string Key(this QueueState state) => state.ToString().ToLowerInvariant();
}
