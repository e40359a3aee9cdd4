using Microsoft.Extensions.Time.Testing;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Tests.Telemetry;

public sealed class DrainSpeedTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DrainSpeed _speed;

    public DrainSpeedTests() => _speed = new DrainSpeed(_time);

    [Fact]
    public void Full_batches_one_after_the_other_tell_the_speed()
    {
        Work(batches: 30, each: TimeSpan.FromMilliseconds(50));

        _speed.PerSecond!.Value.ShouldBe(10_000, 1);
    }

    [Fact]
    public void Batches_that_are_not_full_say_nothing_and_leave_the_last_figure()
    {
        Work(batches: 30, each: TimeSpan.FromMilliseconds(50), full: false);
        _speed.PerSecond.ShouldBeNull();

        Work(batches: 30, each: TimeSpan.FromMilliseconds(50));
        Work(batches: 100, each: TimeSpan.FromMilliseconds(500), full: false);
        _speed.PerSecond!.Value.ShouldBe(10_000, 1);
    }

    [Fact]
    public void A_few_batches_are_too_few() => Measured(9, TimeSpan.FromMilliseconds(100)).ShouldBeNull();

    [Fact]
    public void A_moment_is_too_short() => Measured(20, TimeSpan.FromMilliseconds(10)).ShouldBeNull();

    [Fact]
    public void A_pause_between_full_batches_is_not_counted_as_work()
    {
        Work(batches: 20, each: TimeSpan.FromMilliseconds(50));
        _time.Advance(TimeSpan.FromMinutes(10));
        Work(batches: 20, each: TimeSpan.FromMilliseconds(50));

        _speed.PerSecond!.Value.ShouldBe(10_000, 1);
    }

    [Fact]
    public void A_speed_that_changes_is_told_within_a_minute_of_work()
    {
        Work(batches: 600, each: TimeSpan.FromMilliseconds(50));
        Work(batches: 600, each: TimeSpan.FromMilliseconds(100));

        _speed.PerSecond!.Value.ShouldBe(5_000, 100);
    }

    private double? Measured(int batches, TimeSpan each)
    {
        Work(batches, each);
        return _speed.PerSecond;
    }

    private void Work(int batches, TimeSpan each, bool full = true)
    {
        for (var i = 0; i < batches; i++)
        {
            _speed.Claimed(full);
            _time.Advance(each);
            _speed.Cancelled(full ? 500 : 200);
        }
    }
}
