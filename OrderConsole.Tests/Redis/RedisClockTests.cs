using Microsoft.Extensions.Time.Testing;
using OrderConsole.Core.Redis;

namespace OrderConsole.Tests.Redis;

public sealed class RedisClockTests
{
    private const long Second = 1_000_000;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_000));

    [Fact]
    public void A_slow_answer_does_not_spoil_what_a_quick_one_has_shown()
    {
        var clock = new RedisClock(_time);
        Ask(clock, redis: 5_000 * Second, took: TimeSpan.FromMilliseconds(2));
        Ask(clock, redis: 5_000 * Second + 2_000, took: TimeSpan.FromMilliseconds(900));

        // The clock stood at 5000.002 when the slow question was sent; 0.9 s have passed since.
        clock.MillisecondsAt(_time.GetTimestamp()).ShouldBeInRange(5_000_898, 5_000_902);
    }

    [Fact]
    public void The_estimate_is_never_later_than_the_clock_itself()
    {
        var clock = new RedisClock(_time);
        Ask(clock, redis: 5_000 * Second, took: TimeSpan.FromMilliseconds(500));

        // Redis may have read its clock at any moment of the half second; at worst just before the answer came.
        clock.MillisecondsAt(_time.GetTimestamp()).ShouldBe(5_000_000);
    }

    [Theory]
    [InlineData(3_600)]
    [InlineData(-3_600)]
    public void A_clock_that_was_set_is_believed_at_once(int by)
    {
        var clock = new RedisClock(_time);
        Ask(clock, redis: 5_000 * Second, took: TimeSpan.FromMilliseconds(2));
        Ask(clock, redis: (5_000 + by) * Second, took: TimeSpan.FromMilliseconds(2));

        clock.MillisecondsAt(_time.GetTimestamp()).ShouldBe((5_000 + by) * 1_000);
    }

    private void Ask(RedisClock clock, long redis, TimeSpan took)
    {
        var sentAt = _time.GetTimestamp();
        _time.Advance(took);
        clock.Observe(redis, sentAt, _time.GetTimestamp());
    }
}
