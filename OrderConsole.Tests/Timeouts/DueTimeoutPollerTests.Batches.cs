using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;
using static OrderConsole.Tests.Timeouts.Workbench;

namespace OrderConsole.Tests.Timeouts;

/// <summary>How batches are worked on side by side.</summary>
public sealed partial class DueTimeoutPollerTests
{
    [Fact]
    public async Task A_batch_that_fails_as_a_whole_does_not_end_the_loop_and_gives_its_place_back()
    {
        var asked = 0;
        Bench.Locks.OnAcquire = (_, _) => Interlocked.Increment(ref asked) <= 2 ? throw new InvalidOperationException("nobody foresaw this") : Task.CompletedTask;
        await Bench.DueAsync(12);

        await StartAsync();

        // Two places and two batches lost: the third only goes through when a place was given back.
        await Eventually.HoldsAsync(async () => await CancelledAsync() == 4, "the third batch is cancelled");
    }

    [Fact]
    public async Task No_more_batches_than_allowed_are_worked_on_at_once()
    {
        var (working, most) = (0, 0);
        Bench.Locks.OnAcquire = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref working));
            if (working == Bench.Options.Parallelism) _gate.TrySetResult();
            await _gate.Task;
            Interlocked.Decrement(ref working);
        };
        await Bench.DueAsync(40);

        await StartAsync();

        await Eventually.HoldsAsync(async () => await CancelledAsync() == 40, "all are cancelled");
        most.ShouldBe(Bench.Options.Parallelism);
    }

    [Fact]
    public async Task With_every_place_taken_nothing_is_claimed()
    {
        Bench.Locks.OnAcquire = (_, _) => _gate.Task;
        await Bench.DueAsync(12);
        await StartAsync();
        (await LookAsync(), await LookAsync()).ShouldBe((4, 4));
        await NextAsync(Bench.Locks.Asked);
        await NextAsync(Bench.Locks.Asked);

        Bench.Queue.Looks.Reader.TryRead(out _).ShouldBeFalse();
        _gate.SetResult();

        (await LookAsync()).ShouldBe(4);
    }

    [Fact]
    public async Task Orders_that_crashed_more_than_once_go_alone_and_after_the_others()
    {
        var numbers = await Bench.Shop.OverdueAsync(4);
        foreach (var (no, crashed) in numbers.Zip([2, 0, 5, 1]))
            Bench.Queue.Add(new ClaimedTimeout(no, Bench.Time.GetUtcNow().AddSeconds(-9), "token", 0, crashed, null));

        await StartAsync();

        (await NextAsync(Bench.Locks.Asked)).ShouldBe([numbers[1], numbers[3]]);
        (await NextAsync(Bench.Locks.Asked)).ShouldBe([numbers[0]]);
        (await NextAsync(Bench.Locks.Asked)).ShouldBe([numbers[2]]);
        await Eventually.HoldsAsync(async () => await CancelledAsync() == 4, "all are cancelled");
    }

    [Fact]
    public async Task A_stop_lets_batches_finish_and_claims_nothing_more()
    {
        Bench.Locks.OnAcquire = (_, _) => _gate.Task;
        await Bench.DueAsync(12);
        await StartAsync();
        await NextAsync(Bench.Locks.Asked);
        await NextAsync(Bench.Locks.Asked);

        var stopped = Bench.Poller.StopAsync(CancellationToken.None);
        stopped.IsCompleted.ShouldBeFalse();
        _gate.SetResult();
        await stopped;

        // Looked at before anything is awaited: a stop that does not wait has not given them the time.
        Bench.Queue.Released.Count.ShouldBe(8);
        (await CancelledAsync()).ShouldBe(8);
    }
}
