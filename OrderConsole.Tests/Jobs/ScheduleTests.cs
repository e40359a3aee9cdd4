using System.Globalization;
using OrderConsole.Jobs;

namespace OrderConsole.Tests.Jobs;

/// <summary>What a person may write as a schedule, and what is said when it is wrong.</summary>
public sealed class ScheduleTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Theory]
    [InlineData("*/5 * * * *", "2026-03-01T00:05:00Z", "2026-03-01T00:10:00Z")]
    [InlineData("0 3 * * *", "2026-03-01T19:00:00Z", "2026-03-02T19:00:00Z")]
    [InlineData("30 9 * * MON-FRI", "2026-03-02T01:30:00Z", "2026-03-03T01:30:00Z")]
    [InlineData("0 0 * * 0", "2026-03-07T16:00:00Z", "2026-03-14T16:00:00Z")]
    [InlineData("15 0 12 * * ?", "2026-03-01T04:00:15Z", "2026-03-02T04:00:15Z")]
    [InlineData("@daily", "2026-03-01T16:00:00Z", "2026-03-02T16:00:00Z")]
    public void Five_unix_fields_and_six_of_quartz_are_read_in_the_time_zone(string text, string first, string second)
    {
        Schedule.TryRead(text, Shanghai, out var schedule, out _).ShouldBeTrue();
        schedule!.Next(At("2026-03-01T00:00:00Z"), 2).ShouldBe([At(first), At(second)]);
    }

    [Theory]
    [InlineData("* * *", "count", "")]
    [InlineData("", "count", "")]
    [InlineData("1 2 3 4 5 6 7 8", "count", "")]
    [InlineData("60 * * * *", "field", "minute")]
    [InlineData("0 24 * * *", "field", "hour")]
    [InlineData("0 0 32 * *", "field", "day")]
    [InlineData("0 0 * 13 *", "field", "month")]
    [InlineData("0 0 * * FUNDAY", "field", "weekday")]
    [InlineData("61 0 0 * * ?", "field", "second")]
    [InlineData("every day", "count", "")]
    [InlineData("a b c d e", "field", "minute")]
    [InlineData("0 0 30 2 *", "never", "")]
    [InlineData("1--100000000 * * * *", "field", "minute")]
    public void What_is_wrong_is_named(string text, string kind, string field)
    {
        Schedule.TryRead(text, TimeZoneInfo.Utc, out _, out var fault).ShouldBeFalse();
        (fault!.Kind, fault.Field).ShouldBe((kind, field));
        fault.Words.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("*/5 * * * *", "*/5 * * * *")]
    [InlineData("0 3 * * *", "0 3 * * *")]
    [InlineData("0 9 * * MON-FRI", "0 9 * * MON-FRI")]
    [InlineData("15 0 12 * * ?", "15 0 12 * * ?")]
    public void A_schedule_is_shown_as_somebody_would_write_it(string text, string shown)
    {
        Schedule.TryRead(text, TimeZoneInfo.Utc, out var schedule, out _).ShouldBeTrue();
        schedule!.Shown.ShouldBe(shown);
        Schedule.TryRead(shown, TimeZoneInfo.Utc, out var again, out _).ShouldBeTrue();
        again!.Text.ShouldBe(schedule.Text);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
