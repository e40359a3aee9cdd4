using OrderConsole.Core.Queue.Redis;

namespace OrderConsole.Tests.Queue;

public sealed class RedisMomentTests
{
    [Theory]
    [InlineData("2025-11-22T19:38:05.123Z", "1763840285.123")]
    [InlineData("2025-11-22T19:38:05.1230001Z", "1763840285.124")]
    [InlineData("2025-11-22T19:38:05Z", "1763840285.000")]
    public void A_moment_is_written_in_milliseconds_and_never_earlier_than_it_is(string moment, string text) =>
        RedisMoment.Text(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(text);

    [Theory]
    [InlineData("inf")]
    [InlineData("1e308")]
    [InlineData("9e15")]
    public void A_score_beyond_every_calendar_is_the_last_day(string score) =>
        RedisMoment.Parse(score).ShouldBe(DateTimeOffset.MaxValue);

    [Fact]
    public void A_score_before_every_calendar_is_the_first_day() => RedisMoment.Parse("-inf").ShouldBe(DateTimeOffset.MinValue);

    [Fact]
    public void Milliseconds_survive_writing_and_reading()
    {
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(4_102_444_799_999);
        RedisMoment.Parse(RedisMoment.Text(moment)).ShouldBe(moment);
    }
}
