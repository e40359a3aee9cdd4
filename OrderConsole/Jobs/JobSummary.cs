using System.Globalization;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>How a run ends: its figures, and a line made of them for programs; pages say it in their own language.</summary>
internal static class JobSummary
{
    /// <summary>A run without anything to do counts as skipped, and is not remembered for long.</summary>
    public static JobRunReport Of(IJobExecutionContext context, params ReadOnlySpan<(string Name, long Count)> figures)
    {
        var done = 0L;
        foreach (var (_, count) in figures) done += count;
        return done == 0 ? JobRunReport.Skipped("nothing to do") : Done(context, figures);
    }

    public static JobRunReport Done(IJobExecutionContext context, params ReadOnlySpan<(string Name, long Count)> figures)
    {
        var (report, words) = (JobRunReport.Succeeded(), new List<string>());
        foreach (var (name, count) in figures)
        {
            report = report.With(name, count);
            words.Add($"{name} {count.ToString(CultureInfo.InvariantCulture)}");
        }
        words.Add(FormattableString.Invariant($"{context.JobRunTime.TotalSeconds:0.0} s"));
        return report with { Summary = string.Join(", ", words) };
    }

    /// <summary>Who asked for this run; null for a scheduled one.</summary>
    public static JobStarter? StarterOf(IJobExecutionContext context) =>
        JobStarter.Read(context.MergedJobDataMap.TryGetValue(SchedulerConstants.JobInput, out var input) ? input as string : null);
}
