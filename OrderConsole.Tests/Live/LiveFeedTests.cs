using Microsoft.Extensions.Time.Testing;
using OrderConsole.Live;

namespace OrderConsole.Tests.Live;

public sealed class LiveFeedTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));

    [Fact]
    public async Task A_subscriber_that_does_not_read_misses_snapshots_and_holds_up_nobody()
    {
        var feed = new LiveFeed(_time);
        await using var slow = feed.SubscribeAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var first = slow.MoveNextAsync();
        feed.Publish(At(1));
        (await first).ShouldBeTrue();

        for (var i = 2; i <= 1_000; i++) feed.Publish(At(i));

        var seen = new List<long?>();
        for (var i = 0; i < 2; i++)
        {
            (await slow.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).ShouldBeTrue();
            seen.Add(slow.Current.ExpiredPending);
        }
        seen.ShouldBe([999, 1_000]);
    }

    [Fact]
    public async Task Somebody_looks_while_a_page_is_open_and_for_ten_seconds_after_a_call()
    {
        var feed = new LiveFeed(_time);
        feed.IsWatched.ShouldBeFalse();
        var waiting = feed.UntilWatchedAsync(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
        waiting.IsCompleted.ShouldBeFalse();

        feed.Publish(At(0));
        (await feed.FreshAsync(TestContext.Current.CancellationToken)).ExpiredPending.ShouldBe(0);
        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        feed.IsWatched.ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(10));
        feed.IsWatched.ShouldBeFalse();

        using (var leaving = new CancellationTokenSource())
        {
            await using var page = feed.SubscribeAsync(leaving.Token).GetAsyncEnumerator(leaving.Token);
            await page.MoveNextAsync();
            _time.Advance(TimeSpan.FromMinutes(1));
            feed.IsWatched.ShouldBeTrue();
        }
        feed.IsWatched.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_asks_after_a_quiet_time_gets_the_next_snapshot_and_not_the_old_one()
    {
        var feed = new LiveFeed(_time);
        feed.Publish(At(0));
        _time.Advance(TimeSpan.FromSeconds(4));

        var asked = feed.FreshAsync(TestContext.Current.CancellationToken);
        asked.IsCompleted.ShouldBeFalse();
        feed.Publish(new() { At = _time.GetUtcNow(), ExpiredPending = 7 });

        (await asked).ExpiredPending.ShouldBe(7);
    }

    [Fact]
    public void A_snapshot_that_got_old_is_given_to_nobody_as_if_it_were_current()
    {
        var feed = new LiveFeed(_time);
        feed.Publish(At(0));
        feed.Latest.ExpiredPending.ShouldBe(0);

        _time.Advance(TimeSpan.FromSeconds(11));

        feed.Latest.ExpiredPending.ShouldBeNull();
        feed.Latest.Problems.Single().Code.ShouldBe(LiveProblemCodes.FiguresStale);
    }

    private MetricsSnapshot At(int second) => new() { At = _time.GetUtcNow().AddSeconds(second), ExpiredPending = second };
}
