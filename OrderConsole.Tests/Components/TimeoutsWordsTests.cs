using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Components.Timeouts;
using OrderConsole.Core.Queue;

namespace OrderConsole.Tests.Components;

public sealed class TimeoutsWordsTests
{
    private static readonly IStringLocalizer Text = new ServiceCollection().AddLogging().AddLocalization(o => o.ResourcesPath = "Resources")
        .BuildServiceProvider().GetRequiredService<IStringLocalizer<SharedResources>>();

    [Fact]
    public void Every_reason_has_words_and_one_that_nobody_knows_is_shown_as_it_is()
    {
        var dead = typeof(DeadLetterReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);
        dead.ShouldBeSubsetOf(TimeoutWords.Reasons);
        foreach (var reason in TimeoutWords.Reasons) Text.Reason(reason).ShouldNotBeNull().ShouldNotStartWith("Timeouts.");
        Text.Reason("brand_new").ShouldBe("Reason: brand_new");
        Text.Reason(null).ShouldBeNull();
    }

    [Theory]
    [InlineData(QueueState.Scheduled, 0, 0, 5)]
    [InlineData(QueueState.Retrying, 3, 0, 2)]
    [InlineData(QueueState.Due, 1, 6, 1)]
    [InlineData(QueueState.Claimed, 5, 7, 0)]
    [InlineData(QueueState.Dead, 1, 0, 0)]
    public void As_many_attempts_are_left_as_the_nearer_limit_allows(QueueState state, int failed, int crashed, int left) =>
        TimeoutWords.AttemptsLeft(new QueueEntry("A-1", state, default, failed, crashed, null, null, null, null, null), new() { MaxFailures = 5, MaxCrashes = 7 }).ShouldBe(left);

    [Fact]
    public void A_selection_is_kept_by_name_and_everything_is_not_a_list()
    {
        var selection = new RowSelection();
        selection.TickAll(["b", "a"], true);
        selection.Tick("b", false);
        selection.Tick("c", true);
        selection.Ticked.ShouldBe(["a", "c"]);
        (selection.HasAll(["a", "c"]), selection.HasAll(["a", "b"]), selection.HasAll([]), selection.IsEmpty).ShouldBe((true, false, false, false));

        selection.TakeEverything();
        (selection.IsEverything, selection.Has("never seen"), selection.Ticked.Count).ShouldBe((true, true, 0));
        selection.Clear();
        (selection.IsEmpty, selection.Has("a")).ShouldBe((true, false));
    }
}
