using System.Globalization;
using Microsoft.Extensions.Localization;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Jobs;

/// <summary>A schedule in plain words; what has no plain words is shown as it is written.</summary>
internal static class CronWords
{
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    public static string Plain(this IStringLocalizer text, Schedule? schedule) => schedule is null
        ? text["Cron.Never"]
        : text["Cron.InZone", Of(text, schedule.Text.Split(' ')) ?? text["Cron.Other", schedule.Shown], schedule.Cron.TimeZone.Id];

    private static string? Of(IStringLocalizer text, string[] fields) => fields switch
    {
        ["*", "*", "*", "*", "*", "?"] or ["*", "*", "*", "?", "*", "*"] => text["Cron.EverySecond"].Value,
        [var s, "*", "*", _, "*", _] when Step(s) is { } step && IsAnyDay(fields) => text["Cron.EverySeconds", step].Value,
        ["0", "*", "*", _, "*", _] when IsAnyDay(fields) => text["Cron.EveryMinute"].Value,
        ["0", var m, "*", _, "*", _] when Step(m) is { } step && IsAnyDay(fields) => text["Cron.EveryMinutes", step].Value,
        ["0", var m, "*", _, "*", _] when Number(m) is { } minute && IsAnyDay(fields) => text["Cron.EveryHour", minute].Value,
        ["0", var m, var h, _, "*", _] when Number(m) is { } minute && Step(h) is { } step && IsAnyDay(fields) => text["Cron.EveryHours", step, minute].Value,
        ["0", var m, var h, _, "*", _] when Number(m) is { } minute && Number(h) is { } hour => OnDays(text, fields, $"{hour:00}:{minute:00}"),
        _ => null,
    };

    private static string? OnDays(IStringLocalizer text, string[] fields, string at)
    {
        if (IsAnyDay(fields)) return text["Cron.Daily", at].Value;
        if (fields[3] is "*" or "?") return DaysOf(fields[5]) is { } days ? text["Cron.Weekly", days, at].Value : null;
        return fields[5] is "*" or "?" && Number(fields[3]) is { } day ? text["Cron.Monthly", day, at].Value : null;
    }

    private static string? DaysOf(string field)
    {
        var names = CultureInfo.CurrentCulture.DateTimeFormat.DayNames;
        var words = new List<string>();
        foreach (var part in field.Split(','))
        {
            var ends = part.Split('-').Select(Day).ToArray();
            if (ends.Length > 2 || ends.Any(e => e < 0)) return null;
            words.Add(string.Join("–", ends.Select(e => names[e])));
        }
        return string.Join(", ", words);
    }

    // Quartz counts from 1 for Sunday.
    private static int Day(string text) => Number(text) is { } number and >= 1 and <= 7 ? number - 1 : Array.IndexOf(Days, text.ToUpperInvariant());

    private static bool IsAnyDay(string[] fields) => fields[3] is "*" or "?" && fields[5] is "*" or "?";

    private static int? Step(string field) => field.Split('/') is ["*" or "0", var step] ? Number(step) : null;

    private static int? Number(string field) => int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
