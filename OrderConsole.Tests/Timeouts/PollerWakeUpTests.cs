using OrderConsole.Core.Timeouts;

namespace OrderConsole.Tests.Timeouts;

public sealed class PollerWakeUpTests
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(1);
    private readonly SignallingTime _time = new();
    private readonly PollerWakeUp _wakeUp;

    public PollerWakeUpTests() => _wakeUp = new PollerWakeUp(_time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Begins to sleep, and tells when it woke.</summary>
    private async Task<TimeSpan> SleepAsync()
    {
        var began = _time.GetTimestamp();
        await _wakeUp.SleepAsync(Span, Stop);
        return _time.GetElapsedTime(began);
    }

    private async Task<Task<TimeSpan>> AsleepAsync()
    {
        var sleep = SleepAsync();
        await _time.UntilWaitedForAsync(Span);
        return sleep;
    }

    /// <summary>Whoever was woken has time to wake.</summary>
    private static async Task LetOthersRunAsync()
    {
        for (var i = 0; i < 200; i++) await Task.Yield();
    }

    [Fact]
    public async Task An_undisturbed_sleep_lasts_to_its_end()
    {
        var sleep = await AsleepAsync();

        _time.Advance(Span - TimeSpan.FromMilliseconds(1));
        await LetOthersRunAsync();
        sleep.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        (await sleep).ShouldBe(Span);
    }

    [Fact]
    public async Task A_ring_for_something_sooner_wakes()
    {
        var sleep = await AsleepAsync();

        _wakeUp.Ring(_time.GetUtcNow() + Span - TimeSpan.FromMilliseconds(1));

        (await sleep.WaitAsync(Support.Eventually.Patience, TimeProvider.System, Stop)).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_ring_for_something_later_does_not_wake()
    {
        var sleep = await AsleepAsync();

        _wakeUp.Ring(_time.GetUtcNow() + Span);
        await LetOthersRunAsync();
        _time.Advance(Span);

        (await sleep).ShouldBe(Span);
    }

    [Fact]
    public async Task A_ring_is_used_up_by_the_sleep_that_it_ended()
    {
        var first = await AsleepAsync();
        _wakeUp.Ring(DateTimeOffset.MinValue);
        await first;

        var second = await AsleepAsync();
        await LetOthersRunAsync();
        _time.Advance(Span);

        (await second).ShouldBe(Span);
    }

    [Fact]
    public async Task A_ring_that_comes_while_nobody_sleeps_ends_the_next_sleep_at_once()
    {
        _wakeUp.Ring(_time.GetUtcNow() + Span / 2);

        (await SleepAsync().WaitAsync(Support.Eventually.Patience, TimeProvider.System, Stop)).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_ring_for_something_after_the_next_sleep_does_not_end_it()
    {
        _wakeUp.Ring(_time.GetUtcNow() + 2 * Span);

        var sleep = await AsleepAsync();
        await LetOthersRunAsync();
        _time.Advance(Span);

        (await sleep).ShouldBe(Span);
    }

    [Fact]
    public async Task One_ring_at_any_moment_around_the_beginning_of_a_sleep_wakes()
    {
        // The clock stands still: a sleep that missed its ring would never end.
        for (var i = 0; i < 2_000; i++)
        {
            var sleep = Task.Run(SleepAsync, Stop);
            for (var pause = i % 50; pause > 0; pause--) await Task.Yield();
            _wakeUp.Ring(_time.GetUtcNow());

            await sleep.WaitAsync(Support.Eventually.Patience, TimeProvider.System, Stop);
        }
    }

    [Fact]
    public async Task A_sleep_ends_at_once_when_it_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var sleep = _wakeUp.SleepAsync(Span, cancel.Token);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sleep);
    }
}
