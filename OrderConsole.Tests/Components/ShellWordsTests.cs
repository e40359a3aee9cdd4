using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Time.Testing;
using OrderConsole.Components.Shared;

namespace OrderConsole.Tests.Components;

public sealed class ShellWordsTests
{
    private static readonly IStringLocalizer Text = new ServiceCollection().AddLogging().AddLocalization(o => o.ResourcesPath = "Resources")
        .BuildServiceProvider().GetRequiredService<IStringLocalizer<SharedResources>>();

    [Theory]
    [InlineData(-200_000, "2 d ago", "2 天前")]
    [InlineData(-181, "3 min ago", "3 分钟前")]
    [InlineData(-59, "59 s ago", "59 秒前")]
    [InlineData(0, "just now", "刚刚")]
    [InlineData(30, "in 30 s", "30 秒后")]
    [InlineData(125, "in 2 min", "2 分钟后")]
    [InlineData(7_300, "in 2 h", "2 小时后")]
    [InlineData(90_000, "in 1 d", "1 天后")]
    public void A_moment_is_told_as_people_do(int seconds, string english, string chinese)
    {
        var now = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        In("en", () => Text.Moment(now.AddSeconds(seconds), now)).ShouldBe(english);
        In("zh-Hans", () => Text.Moment(now.AddSeconds(seconds), now)).ShouldBe(chinese);
    }

    [Fact]
    public void A_notice_goes_after_the_time_to_read_it_and_an_error_stays()
    {
        var time = new FakeTimeProvider();
        using var notices = new Notices(time);
        notices.Say("saved");
        notices.Error("not saved");

        time.Advance(TimeSpan.FromSeconds(5.9));
        notices.Shown.Select(n => n.Text).ShouldBe(["saved", "not saved"]);
        time.Advance(TimeSpan.FromSeconds(0.2));
        notices.Shown.Select(n => n.Text).ShouldBe(["not saved"]);
        notices.Dismiss(notices.Shown[0].Id);
        notices.Shown.ShouldBeEmpty();
    }

    [Fact]
    public void The_clock_ticks_only_while_somebody_listens()
    {
        var time = new FakeTimeProvider();
        using var clock = new PageClock(time);
        var ticks = 0;
        void Count() => ticks++;

        clock.Tick += Count;
        time.Advance(TimeSpan.FromSeconds(2));
        clock.Tick -= Count;
        time.Advance(TimeSpan.FromSeconds(2));

        ticks.ShouldBe(2);
    }

    private static string In(string language, Func<string> words)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return words();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
