using Microsoft.Extensions.Time.Testing;
using OrderConsole.Live;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Live;

public sealed class ReadingTests
{
    private readonly FakeTimeProvider _time = new();
    private int _looks;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_look_that_costs_much_is_made_seldom()
    {
        var reading = Costing(TimeSpan.FromMilliseconds(200));
        await reading.RefreshAsync(Cancel);
        _time.Advance(TimeSpan.FromSeconds(1));
        await reading.RefreshAsync(Cancel);
        _looks.ShouldBe(2, "the first look may be slow for its own reasons");

        _time.Advance(TimeSpan.FromSeconds(19));
        await reading.RefreshAsync(Cancel);
        _looks.ShouldBe(2);
        _time.Advance(TimeSpan.FromSeconds(1.5));
        await reading.RefreshAsync(Cancel);
        _looks.ShouldBe(3);
    }

    [Fact]
    public async Task A_failed_look_leaves_no_old_figure_behind()
    {
        var fails = false;
        var reading = new Reading<string>(_ => fails ? throw new InvalidOperationException("away") : Task.FromResult("7"), _time);
        await reading.RefreshAsync(Cancel);
        reading.Value.ShouldBe("7");

        fails = true;
        _time.Advance(TimeSpan.FromSeconds(2));
        await reading.RefreshAsync(Cancel);

        reading.Value.ShouldBeNull();
        reading.At.ShouldBeNull();
        reading.Error!.Message.ShouldBe("away");
    }

    [Fact]
    public async Task A_look_that_never_ends_is_given_up_at_its_deadline()
    {
        var entered = new TaskCompletionSource();
        var reading = new Reading<string>(_ => { entered.SetResult(); return new TaskCompletionSource<string>().Task; }, _time);
        var look = reading.RefreshAsync(Cancel);
        await entered.Task.WaitAsync(Eventually.Patience, Cancel);
        await Eventually.HoldsAsync(() => { _time.Advance(TimeSpan.FromSeconds(1)); return look.IsCompleted; }, "the look is given up");
        reading.Error.ShouldBeOfType<TimeoutException>();
        reading.Value.ShouldBeNull();
    }

    private Reading<string> Costing(TimeSpan cost) => new(_ =>
    {
        _looks++;
        _time.Advance(cost);
        return Task.FromResult("7");
    }, _time);
}
