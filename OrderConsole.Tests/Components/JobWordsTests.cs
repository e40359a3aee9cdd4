using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Jobs;
using OrderConsole.Jobs;

namespace OrderConsole.Tests.Components;

/// <summary>What a run says of itself in the store is said to people in their own language.</summary>
public sealed class JobWordsTests
{
    private static readonly IStringLocalizer Text = new ServiceCollection().AddLogging().AddLocalization(o => o.ResourcesPath = "Resources")
        .BuildServiceProvider().GetRequiredService<IStringLocalizer<SharedResources>>();

    [Fact]
    public void Every_word_of_progress_has_its_words_and_numbers_in_both_languages()
    {
        foreach (var (word, count) in JobProgress.All)
        {
            var numbers = Enumerable.Range(41, count).Select(n => $"{n}").ToList();
            var message = string.Join(' ', [word, .. numbers]);
            var (english, chinese) = (In("en", () => Text.Progress(Running(message))), In("zh-Hans", () => Text.Progress(Running(message))));
            english.ShouldNotBe(message, word);
            english.ShouldNotContain("Job.Progress", Case.Sensitive, word);
            chinese.ShouldMatch(@"\p{IsCJKUnifiedIdeographs}", word);
            foreach (var number in numbers) (english.Contains(number, StringComparison.Ordinal) && chinese.Contains(number, StringComparison.Ordinal)).ShouldBeTrue(word);
        }
        In("zh-Hans", () => Text.Progress(Running("checks 14 31"))).ShouldBe("已完成 14 / 31 项检查");
    }

    [Theory]
    [InlineData("14 of 31 checks")]
    [InlineData("checks 14")]
    [InlineData("checks 14 many")]
    [InlineData("sorted 3")]
    public void What_another_version_says_in_its_own_way_is_shown_as_it_says_it(string message) => In("en", () => Text.Progress(Running(message))).ShouldBe(message);

    private static JobRunning Running(string message) => new("1", "diagnosis", "shop-1:1:a", DateTimeOffset.UnixEpoch, 0, message, null, false, null);

    private static string In(string culture, Func<string> words)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo(culture);
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
