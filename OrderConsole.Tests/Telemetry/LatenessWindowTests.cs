using Microsoft.Extensions.Time.Testing;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Tests.Telemetry;

public sealed class LatenessWindowTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LatenessWindow _window;

    public LatenessWindowTests() => _window = new LatenessWindow(_time);

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(2_500)]
    [InlineData(600_000)]
    public void Quantiles_are_right_to_within_ten_percent(double scale)
    {
        var random = new Random(4711);
        // From a fifth of the scale to five times of it, as lateness spreads.
        var values = Enumerable.Range(0, 5_000).Select(_ => Math.Max(1, scale * Math.Pow(5, random.NextDouble() * 2 - 1))).ToArray();
        foreach (var value in values) _window.Add(TimeSpan.FromMilliseconds(value));
        Array.Sort(values);

        double[] asked = [0.01, 0.5, 0.95, 0.99, 1];
        var answers = _window.Quantiles(asked);

        foreach (var (quantile, answer) in asked.Zip(answers))
        {
            var exact = values[(int)Math.Ceiling(quantile * values.Length) - 1];
            // Never too low: a promise of "at most" stays true.
            answer!.Value.ShouldBeInRange(exact * 0.999, exact * 1.1 + 0.001, $"quantile {quantile}");
        }
    }

    [Fact]
    public void Without_a_cancel_there_is_no_lateness() => _window.Quantiles(0.5, 0.99).ShouldBe([null, null]);

    [Fact]
    public void What_is_older_than_a_minute_is_forgotten_second_by_second()
    {
        _window.Add(TimeSpan.FromSeconds(100));
        _time.Advance(TimeSpan.FromSeconds(30));
        _window.Add(TimeSpan.FromMilliseconds(10));

        _time.Advance(TimeSpan.FromSeconds(29));
        _window.Quantiles(1)[0]!.Value.ShouldBeGreaterThan(90_000);

        _time.Advance(TimeSpan.FromSeconds(1));
        _window.Quantiles(1)[0]!.Value.ShouldBeLessThan(12);

        _time.Advance(TimeSpan.FromSeconds(30));
        _window.Quantiles(1)[0].ShouldBeNull();
    }

    [Fact]
    public void A_second_that_comes_round_again_does_not_bring_the_old_counts_back()
    {
        for (var i = 0; i < 100; i++) _window.Add(TimeSpan.FromSeconds(100));
        _time.Advance(TimeSpan.FromSeconds(60));
        _window.Add(TimeSpan.FromMilliseconds(10));

        _window.Quantiles(0.5, 1).ShouldAllBe(q => q < 12);
    }

    [Fact]
    public void A_committed_moment_before_the_deadline_and_an_absurd_one_are_counted_at_the_ends()
    {
        _window.Add(TimeSpan.FromSeconds(-5));
        _window.Quantiles(1)[0].ShouldBe(1);

        _window.Add(TimeSpan.FromDays(300));
        _window.Quantiles(1)[0]!.Value.ShouldBeGreaterThan(TimeSpan.FromMinutes(50).TotalMilliseconds);
    }
}
