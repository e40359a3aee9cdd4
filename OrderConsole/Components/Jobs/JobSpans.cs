using System.Globalization;
using Quartz;

namespace OrderConsole.Components.Jobs;

/// <summary>A bar of the chart, in the units of its drawing; the part that failed stands at the foot.</summary>
public sealed record SpanBar(string X, string Width, string Top, string Height, string FailedTop, string FailedHeight);

/// <summary>Runs in spans of equal length, ready to be drawn.</summary>
public sealed class JobSpans(IReadOnlyList<ExecutionStatisticsBucket> spans, DateTimeOffset from, DateTimeOffset to, TimeSpan length)
{
    public const int Width = 600;
    private const double High = 100, Gap = 0.15;

    public static string[] Periods { get; } = ["day", "week", "month"];

    public DateTimeOffset From { get; } = from;
    public DateTimeOffset To { get; } = to;
    public long Runs { get; } = spans.Sum(s => s.RunCount);
    public long Failed { get; } = spans.Sum(s => s.FailedCount);
    /// <summary>Runs in the fullest span.</summary>
    public long Most { get; } = spans.Select(s => s.RunCount).DefaultIfEmpty().Max();
    public IEnumerable<ExecutionStatisticsBucket> Latest => spans.Reverse();

    public IEnumerable<SpanBar> Bars => spans.Select(s =>
    {
        var step = Width * (length / (To - From));
        var (x, height, failed) = (Width * ((s.StartUtc - From) / (To - From)), High * s.RunCount / Most, High * s.FailedCount / Most);
        return new SpanBar(Drawn(Math.Max(0, x)), Drawn(step * (1 - Gap)), Drawn(High - height), Drawn(height), Drawn(High - failed), Drawn(failed));
    });

    /// <summary>Of a period: how far back it goes, and its spans.</summary>
    public static (TimeSpan Length, TimeSpan Span) LengthOf(string period) => period switch
    {
        "week" => (TimeSpan.FromDays(7), TimeSpan.FromHours(6)),
        "month" => (TimeSpan.FromDays(30), TimeSpan.FromDays(1)),
        _ => (TimeSpan.FromDays(1), TimeSpan.FromHours(1)),
    };

    private static string Drawn(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
