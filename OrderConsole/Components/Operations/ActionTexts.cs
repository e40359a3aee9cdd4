using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Operations;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Operations;

/// <summary>The words of each action: what it is called, what it will do, what it did, and why it refuses.</summary>
internal static class ActionTexts
{
    public const string Cancel = CancelOrders.ActionName;
    public const string Extend = ExtendOrders.ActionName;
    public const string Requeue = RequeueTimeouts.ActionName;
    public const string Schedule = ScheduleTimeouts.ActionName;
    public const string Remove = RemoveEntries.ActionName;
    public const string Refund = RefundPayments.ActionName;
    public const string Reinstate = ReinstateOrders.ActionName;
    public const string Pause = PauseProcessing.ActionName;
    public const string Resume = ResumeProcessing.ActionName;
    public const string Unlock = UnlockOrders.ActionName;
    public const string CleanUp = CleanUpLocks.ActionName;
    /// <summary>The one target of <see cref="Pause"/> and <see cref="Resume"/>.</summary>
    public const string Processing = PauseProcessing.Target;

    /// <summary>Actions on jobs; their targets are jobs' names, or the id of a run.</summary>
    public static IReadOnlyList<string> OfJobs { get; } =
        [RunJob.ActionName, PauseJob.ActionName, ResumeJob.ActionName, RescheduleJob.ActionName, ResetJobSchedule.ActionName, CancelJobRun.ActionName];

    public static IReadOnlyList<string> All { get; } = [Cancel, Extend, Requeue, Schedule, Remove, Refund, Reinstate, Pause, Resume, Unlock, CleanUp, .. OfJobs];

    /// <summary>Cannot be undone from this console: the button that does it looks like it.</summary>
    public static bool IsIrreversible(string action) => action is Cancel or Refund or Reinstate or Unlock;

    /// <summary>Of <c>Unit.{Unit}</c>: what its targets are.</summary>
    public static string UnitOf(string action) => action switch
    {
        Refund or Reinstate => "Payments",
        Unlock or CleanUp => "Locks",
        Remove => "Entries",
        _ when OfJobs.Contains(action) => "Jobs",
        _ => "Orders",
    };

    public static bool TargetsOrders(string action) => action is Cancel or Extend or Requeue or Schedule or Unlock or CleanUp;

    public static string Title(this IStringLocalizer text, string action) => Known(text, action) ? text[$"Action.{action}"] : action;

    /// <summary>On the button in a row or a head that opens the dialog.</summary>
    public static string Short(this IStringLocalizer text, string action) => text[$"Action.{action}.Short"];

    /// <summary>The button that does it: "Cancel 412 orders".</summary>
    public static string Deed(this IStringLocalizer text, string action, int count) => Counted(text, action, "Do", count, "");

    /// <summary>What will happen to how many, as a sentence.</summary>
    public static string Will(this IStringLocalizer text, string action, int count, OperationParameters with) => Counted(text, action, "Will", count, With(text, with));

    /// <summary>What happened to how many, as a sentence.</summary>
    public static string Did(this IStringLocalizer text, string action, int count, OperationParameters with) => Counted(text, action, "Did", count, With(text, with));

    /// <summary>Whether and how it can be undone.</summary>
    public static string Undo(this IStringLocalizer text, string action) => text[$"Action.{action}.Undo"];

    public static string Doing(this IStringLocalizer text, string action) => text[$"Action.{action}.Doing"];

    /// <summary>Why a target, or a whole request, was refused. A code that nobody has words for is shown itself.</summary>
    public static string Refusal(this IStringLocalizer text, string code) => text[$"Refusal.{code}"] is { ResourceNotFound: false } words ? words : text["Refusal.other", code];

    private static bool Known(IStringLocalizer text, string action) => !text[$"Action.{action}"].ResourceNotFound;

    private static string Counted(IStringLocalizer text, string action, string what, int count, string with) => count == 1
        ? text[$"Action.{action}.{what}.One", with]
        : text[$"Action.{action}.{what}", Figures.Count(count), with];

    private static string With(IStringLocalizer text, OperationParameters with) => with.By is { } by ? text.Span(by) : with.Reference ?? with.Cron ?? "";

    /// <summary>A duration that somebody chose: "15 min", "1 h", without zeros behind.</summary>
    public static string Span(this IStringLocalizer text, TimeSpan span) => string.Join(' ', Parts(text, span));

    private static IEnumerable<string> Parts(IStringLocalizer text, TimeSpan span)
    {
        if (span.Days > 0) yield return text["Action.Days", span.Days];
        if (span.Hours > 0) yield return text["Action.Hours", span.Hours];
        if (span.Minutes > 0) yield return text["Action.Minutes", span.Minutes];
        if (span.Seconds > 0 || span < TimeSpan.FromSeconds(1)) yield return text["Action.Seconds", span.Seconds];
    }
}
