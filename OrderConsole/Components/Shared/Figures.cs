using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Shared;

/// <summary>Numbers, durations and times as people read them, in the page's language.</summary>
internal static class Figures
{
    private static readonly int[] AxisSteps = [1, 2, 5, 10];

    /// <summary>Stands for a figure that could not be read.</summary>
    public const string Unread = "–";

    public static string Count(long? number) => number?.ToString("N0", CultureInfo.CurrentCulture) ?? Unread;

    public static string Money(decimal? amount) => amount?.ToString("N2", CultureInfo.CurrentCulture) ?? Unread;

    /// <summary>The unit's word beside a count; languages that have one form for both say the same twice.</summary>
    public static string Unit(this IStringLocalizer text, long? count, string unit) => count == 1 ? text[$"Unit.{unit}.One"] : text[$"Unit.{unit}"];

    public static string Rate(double? perSecond) => perSecond switch
    {
        null => Unread,
        >= 100 => perSecond.Value.ToString("N0", CultureInfo.CurrentCulture),
        _ => perSecond.Value.ToString("0.0", CultureInfo.CurrentCulture),
    };

    /// <summary>To the hundredth: "1.02" attempts for an order.</summary>
    public static string Ratio(double? value) => value?.ToString("0.00", CultureInfo.CurrentCulture) ?? Unread;

    /// <summary>Two units at most: "1 min 5 s".</summary>
    public static string Duration(this IStringLocalizer text, TimeSpan? duration) => duration switch
    {
        null => Unread,
        { Ticks: 0 } => text["Duration.Seconds", 0],
        { TotalSeconds: < 1 } d => text["Duration.Milliseconds", Math.Round(d.TotalMilliseconds)],
        { TotalSeconds: < 10 } d => text["Duration.Seconds", d.TotalSeconds.ToString("0.#", CultureInfo.CurrentCulture)],
        { TotalSeconds: < 60 } d => text["Duration.Seconds", Math.Floor(d.TotalSeconds)],
        { TotalMinutes: < 60 } d => text["Duration.Minutes", d.Minutes, d.Seconds],
        { TotalHours: < 24 } d => text["Duration.Hours", d.Hours, d.Minutes],
        { } d => text["Duration.Days", d.Days, d.Hours],
    };

    /// <summary>A duration beside an axis, in the unit that suits the end of the axis and is the same everywhere: "250 ms", "2.5 s", "8.3 min".</summary>
    public static string Span(TimeSpan span, TimeSpan end) => end switch
    {
        { TotalSeconds: <= 1 } => Number(span.TotalMilliseconds, "ms"),
        { TotalMinutes: < 2 } => Number(span.TotalSeconds, "s"),
        { TotalHours: < 2 } => Number(span.TotalMinutes, "min"),
        { TotalDays: < 2 } => Number(span.TotalHours, "h"),
        _ => Number(span.TotalDays, "d"),
    };

    private static string Number(double value, string unit) => value.ToString("0.#", CultureInfo.CurrentCulture) + " " + unit;

    public static string Ago(this IStringLocalizer text, TimeSpan ago) => ago switch
    {
        { TotalSeconds: < 2 } => text["Ago.Now"],
        { TotalSeconds: < 60 } => text["Ago.Seconds", Math.Floor(ago.TotalSeconds)],
        { TotalMinutes: < 60 } => text["Ago.Minutes", ago.Minutes],
        { TotalHours: < 24 } => text["Ago.Hours", Math.Floor(ago.TotalHours)],
        _ => text["Ago.Days", Math.Floor(ago.TotalDays)],
    };

    /// <summary>To the millisecond, in UTC, as the API and the log have it.</summary>
    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>To the minute, in UTC: where a stretch of time begins or ends.</summary>
    public static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The next of 1, 2, 5, 10, 20 ... : the end of an axis that stays where it is while values move below it.</summary>
    public static double AxisEnd(double highest)
    {
        var decade = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(highest, 1))));
        return AxisSteps.Select(step => step * decade).First(end => end >= Math.Max(highest, 1));
    }

    /// <summary>A number of a JSON detail, or null when the detail is something else.</summary>
    public static long? NumberIn(string? detail, string name)
    {
        if (detail is not ['{', ..]) return null;
        try
        {
            using var json = JsonDocument.Parse(detail);
            return json.RootElement.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
