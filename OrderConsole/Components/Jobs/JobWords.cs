using System.Globalization;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Jobs;
using Quartz;

namespace OrderConsole.Components.Jobs;

/// <summary>What jobs and their runs are called, in the page's language.</summary>
internal static class JobWords
{
    public static string UrlOf(string job) => $"/jobs/{job}";

    public static string UrlOf(JobRun run) => $"/jobs/runs/{run.Id}";

    /// <summary>A job that this console does not know is called as the store calls it.</summary>
    public static string Job(this IStringLocalizer text, string name) => JobCatalogue.Find(name) is null ? name : text[$"Job.{name}"];

    /// <summary>What a run did: its figures in words, or what it said of itself.</summary>
    public static string Did(this IStringLocalizer text, JobRun run) => run switch
    {
        { Error: { Length: > 0 } error } => error,
        { Result: JobRunResult.Skipped } => text["Job.Figure.none"],
        { Figures.Count: 0 } => run.Summary ?? "",
        _ => string.Join(" · ", run.Figures.Select(f => text.Figure(f.Key, f.Value))),
    };

    public static string Figure(this IStringLocalizer text, string name, long count) =>
        text[$"Job.Figure.{name}", Figures.Count(count)] is { ResourceNotFound: false } words ? words : $"{name} {Figures.Count(count)}";

    /// <summary>How far a run is; what another version of the console says in its own way is shown as it says it.</summary>
    public static string Progress(this IStringLocalizer text, JobRunning run)
    {
        if (run.Message is not { Length: > 0 } message) return run.Progress is > 0 ? "" : text["Jobs.NoProgress"];
        return JobProgress.TryRead(message, out var word, out var numbers) ? text[$"Job.Progress.{word}", [.. numbers.Select(n => Figures.Count(n))]] : message;
    }

    /// <summary>The state of a run, as <c>Tag.job</c> has it.</summary>
    public static string Tag(JobRun run) => run.WillRetry ? "Retrying" : run.Result.ToString();

    /// <summary>Who or what began a run.</summary>
    public static string StartedBy(this IStringLocalizer text, JobRun run) => run.By is { } by ? text["Jobs.By.Person", by.By, by.Reason] : text["Jobs.By.Schedule"];

    /// <summary>What happened to a run, from its beginning to its end.</summary>
    /// <param name="attempts">Of one run, the first one first.</param>
    public static IEnumerable<(DateTimeOffset At, string Words)> Steps(this IStringLocalizer text, IReadOnlyList<JobRun> attempts)
    {
        if (attempts is not [var first, ..]) yield break;
        yield return first.By is { } by ? (by.At, text["Jobs.Step.Asked", by.By]) : (first.StartedAt, text["Jobs.Step.Planned"]);
        foreach (var attempt in attempts)
        {
            yield return (attempt.StartedAt, text["Jobs.Step.Began", attempt.Attempt + 1, attempt.Node]);
            yield return (attempt.StartedAt + attempt.Took, text[$"Tag.job.{Tag(attempt)}"]);
        }
    }

    /// <summary>A fault of a schedule that somebody types.</summary>
    public static string Fault(this IStringLocalizer text, ScheduleFault fault) => fault.Kind == "field"
        ? text["Cron.Fault.field", text[$"Cron.Field.{fault.Field}"], fault.Value, text[$"Cron.Field.{fault.Field}.Allowed"]]
        : text[$"Cron.Fault.{fault.Kind}", fault.Value];

    /// <summary>A moment in a schedule's own time zone, to the second.</summary>
    public static string In(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("ddd yyyy-MM-dd HH:mm:ss", CultureInfo.CurrentCulture) + " " + zone.Id;
}
