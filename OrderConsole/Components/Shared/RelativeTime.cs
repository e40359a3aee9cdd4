using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Shared;

/// <summary>A moment as people say it: "3 min ago", "just now", "in 2 min".</summary>
internal static class RelativeTime
{
    public static string Moment(this IStringLocalizer text, DateTimeOffset at, DateTimeOffset now) => (at - now) switch
    {
        { TotalSeconds: < 2 } => text.Ago(now - at),
        { TotalSeconds: < 60 } ahead => text["In.Seconds", Math.Floor(ahead.TotalSeconds)],
        { TotalMinutes: < 60 } ahead => text["In.Minutes", ahead.Minutes],
        { TotalHours: < 24 } ahead => text["In.Hours", Math.Floor(ahead.TotalHours)],
        { } ahead => text["In.Days", Math.Floor(ahead.TotalDays)],
    };
}
