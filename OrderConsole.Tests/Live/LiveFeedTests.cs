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
    public void Ten_minutes_are_kept_for_the_chart()
    {
        var feed = new LiveFeed(_time);
        for (var i = 1; i <= 700; i++) feed.Publish(At(i));
        feed.History.Count.ShouldBe(600);
        feed.History[^1].At.ShouldBe(At(700).At);
    }

    [Fact]
    public void A_snapshot_that_got_old_is_given_to_nobody_as_if_it_were_current()
    {
        var feed = new LiveFeed(_time);
        feed.Publish(At(0));
        feed.Latest.ExpiredPending.ShouldBe(0);

        _time.Advance(TimeSpan.FromSeconds(6));

        feed.Latest.ExpiredPending.ShouldBeNull();
        feed.Latest.Problems.Single().Code.ShouldBe(LiveProblemCodes.FiguresStale);
    }

    private MetricsSnapshot At(int second) => new() { At = _time.GetUtcNow().AddSeconds(second), ExpiredPending = second };
}
