using OrderConsole.Core.Timeouts;

namespace OrderConsole.Tests.Timeouts;

public sealed class BackoffTests
{
    private const int Draws = 2_000;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(9, 256)]
    [InlineData(10, 300)]
    [InlineData(1_000, 300)]
    public void The_wait_doubles_with_each_failure_up_to_the_longest(int failures, int seconds)
    {
        var waits = Enumerable.Range(0, Draws).Select(_ => Backoff.After(failures, First, Longest).TotalSeconds).ToArray();

        waits.Min().ShouldBeGreaterThanOrEqualTo(seconds * 0.75);
        waits.Max().ShouldBeLessThanOrEqualTo(seconds * 1.25);
        // A wrong centre would keep within the bounds and still be wrong.
        waits.Average().ShouldBe(seconds, seconds * 0.03);
    }

    [Fact]
    public void A_crowd_is_spread_over_a_quarter_to_either_side()
    {
        var waits = Enumerable.Range(0, Draws).Select(_ => Backoff.Jittered(First).TotalMilliseconds).ToArray();

        waits.Min().ShouldBeInRange(750, 780);
        waits.Max().ShouldBeInRange(1_220, 1_250);
        waits.Distinct().Count().ShouldBeGreaterThan(Draws / 2);
    }

    [Fact]
    public void The_longest_settings_do_not_overflow() =>
        Backoff.After(int.MaxValue, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)).ShouldBeInRange(TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(75));
}
