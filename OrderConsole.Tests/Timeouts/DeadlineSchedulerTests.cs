using OrderConsole.Core.Data;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Support;
using static OrderConsole.Tests.Timeouts.Workbench;

namespace OrderConsole.Tests.Timeouts;

public sealed class DeadlineSchedulerTests : IAsyncLifetime
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private readonly LogLines<DeadlineScheduler> _log = new();
    private Workbench? _bench;
    private DeadlineScheduler? _scheduler;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private Workbench Bench => _bench ?? throw new InvalidOperationException("Not set up yet.");
    private DeadlineScheduler Scheduler => _scheduler ??= new DeadlineScheduler(Bench.Queue, Bench.WakeUp, Bench.Events, Bench.Time, _log);
    private DateTimeOffset Now => Bench.Time.GetUtcNow();

    public async ValueTask InitializeAsync() => _bench = await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await Scheduler.StopAsync(CancellationToken.None);
        Scheduler.Dispose();
        if (_bench is not null) await _bench.DisposeAsync();
    }

    [Fact]
    public async Task Of_what_waits_together_the_last_word_on_each_order_is_handed_over()
    {
        Scheduler.Schedule([new("A", Now), new("B", Now)]);
        Scheduler.Schedule([new("A", Now.AddHours(1))]);
        Scheduler.Unschedule("B");
        Scheduler.Unschedule("C");
        Scheduler.Schedule([new("C", Now.AddHours(2))]);

        await Scheduler.StartAsync(Stop);

        (await NextAsync(Bench.Queue.Scheduled)).ShouldBe([new("A", Now.AddHours(1)), new("C", Now.AddHours(2))], ignoreOrder: true);
        (await NextAsync(Bench.Queue.Unscheduled)).ShouldBe(["B"]);
    }

    [Fact]
    public async Task Who_waits_is_told_when_the_queue_has_it_and_waits_for_a_second_at_most()
    {
        await Scheduler.StartAsync(Stop);
        var handedOver = new TaskCompletionSource();
        Bench.Queue.OnSchedule = () => handedOver.Task;
        Scheduler.Schedule([new("A", Now)]);

        var early = Scheduler.SettleAsync(Stop);
        early.IsCompleted.ShouldBeFalse();
        handedOver.SetResult();
        await early.WaitAsync(Eventually.Patience, TimeProvider.System, Stop);

        var stuck = new TaskCompletionSource();
        Bench.Queue.OnSchedule = () => stuck.Task;
        Scheduler.Schedule([new("B", Now)]);
        var late = Scheduler.SettleAsync(Stop);
        await Bench.Time.UntilWaitedForAsync(OneSecond);
        late.IsCompleted.ShouldBeFalse();
        Bench.Time.Advance(OneSecond);
        await late.WaitAsync(Eventually.Patience, TimeProvider.System, Stop);
        stuck.SetResult();
    }

    [Fact]
    public async Task More_than_one_call_carries_goes_in_several()
    {
        Scheduler.Schedule([.. Enumerable.Range(0, 2_500).Select(i => new ScheduledTimeout($"A{i}", Now))]);

        await Scheduler.StartAsync(Stop);

        List<int> sizes = [(await NextAsync(Bench.Queue.Scheduled)).Count, (await NextAsync(Bench.Queue.Scheduled)).Count, (await NextAsync(Bench.Queue.Scheduled)).Count];
        sizes.ShouldBe([1_000, 1_000, 500]);
    }

    [Fact]
    public async Task The_poller_is_woken_for_a_deadline_that_is_sooner_than_it_means_to_sleep()
    {
        await Scheduler.StartAsync(Stop);
        var sleep = Bench.WakeUp.SleepAsync(OneSecond, Stop);

        Scheduler.Schedule([new("LATER", Now.AddHours(1)), new("SOON", Now.AddMilliseconds(500))]);

        await sleep.WaitAsync(Eventually.Patience, TimeProvider.System, Stop);
    }

    [Fact]
    public async Task A_queue_that_is_away_is_waited_for_and_nothing_is_forgotten()
    {
        var away = 3;
        Bench.Queue.OnSchedule = () => away-- > 0 ? throw new StoreUnavailableException("Redis", "away") : Task.CompletedTask;
        Scheduler.Schedule([new("A", Now)]);

        await Scheduler.StartAsync(Stop);
        for (var i = 0; i < 3; i++)
        {
            await Bench.Time.UntilWaitedForAsync(OneSecond);
            Scheduler.Schedule([new($"B{i}", Now)]);
            Bench.Time.Advance(OneSecond);
        }

        (await NextAsync(Bench.Queue.Scheduled)).ShouldHaveSingleItem().OrderNo.ShouldBe("A");
        (await NextAsync(Bench.Queue.Scheduled)).Select(s => s.OrderNo).ShouldBe(["B0", "B1", "B2"]);
        _log.All.ShouldBe(["Information: 1 deadlines wait for the queue: away"]);
    }

    [Fact]
    public async Task What_can_not_be_handed_over_is_left_to_the_reconciler_and_holds_nobody_up()
    {
        var first = true;
        Bench.Queue.OnSchedule = () =>
        {
            if (!first) return Task.CompletedTask;
            first = false;
            Scheduler.Schedule([new("B", Now)]);
            throw new InvalidOperationException("nobody foresaw this");
        };
        Scheduler.Schedule([new("A", Now)]);

        await Scheduler.StartAsync(Stop);

        (await NextAsync(Bench.Queue.Scheduled)).ShouldHaveSingleItem().OrderNo.ShouldBe("B");
        _log.Count("left to the reconciler").ShouldBe(1);
    }

    [Fact]
    public async Task A_stop_ends_it_while_the_queue_is_away()
    {
        Bench.Queue.OnSchedule = () => throw new StoreUnavailableException("Redis", "away");
        Scheduler.Schedule([new("A", Now)]);
        await Scheduler.StartAsync(Stop);
        await Bench.Time.UntilWaitedForAsync(OneSecond);

        await Scheduler.StopAsync(CancellationToken.None);

        Scheduler.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
    }
}
