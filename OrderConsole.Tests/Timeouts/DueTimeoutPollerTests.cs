using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Support;
using static OrderConsole.Tests.Timeouts.Workbench;

namespace OrderConsole.Tests.Timeouts;

public sealed partial class DueTimeoutPollerTests : IAsyncLifetime
{
    private static readonly TimeSpan LeaseRenewal = TimeSpan.FromSeconds(10);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Workbench? _bench;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private Workbench Bench => _bench ?? throw new InvalidOperationException("Not set up yet.");

    public async ValueTask InitializeAsync() =>
        _bench = await CreateAsync(new TimeoutOptions { BatchSize = 4, Parallelism = 2, PollInterval = TimeSpan.FromSeconds(5), Lease = 3 * LeaseRenewal });

    public async ValueTask DisposeAsync()
    {
        _gate.TrySetResult();
        if (_bench is not null) await _bench.DisposeAsync();
    }

    /// <summary>Starts, past the random wait that keeps consoles apart.</summary>
    private async Task StartAsync()
    {
        await Bench.Poller.StartAsync(Stop);
        (await Bench.Time.NextWaitAsync()).ShouldBeLessThan(Bench.Options.PollInterval);
        Bench.WakeUp.Ring(DateTimeOffset.MinValue);
    }

    /// <summary>What the next look brings.</summary>
    private Task<int> LookAsync() => NextAsync(Bench.Queue.Looks);

    /// <summary>How long it means to sleep; waits that belong to a batch's lease are passed over.</summary>
    private async Task<TimeSpan> SleepAsync()
    {
        while (true)
            if (await Bench.Time.NextWaitAsync() is var wait && wait <= Bench.Options.PollInterval) return wait;
    }

    private async Task<int> CancelledAsync() => (await Invariants.ByStatusAsync(Bench.Database)).GetValueOrDefault(OrderStatus.Cancelled);

    [Fact]
    public async Task While_batches_come_back_full_it_goes_straight_on()
    {
        await Bench.DueAsync(10);

        await StartAsync();

        // The clock stands still: it has not slept.
        (await LookAsync(), await LookAsync(), await LookAsync()).ShouldBe((4, 4, 2));
        await Eventually.HoldsAsync(async () => await CancelledAsync() == 10, "all are cancelled");
    }

    [Fact]
    public async Task An_empty_queue_is_looked_at_every_poll_interval()
    {
        await StartAsync();

        for (var i = 0; i < 3; i++)
        {
            (await LookAsync()).ShouldBe(0);
            (await SleepAsync()).ShouldBe(Bench.Options.PollInterval);
            Bench.Time.Advance(Bench.Options.PollInterval);
        }
        Bench.Health.LastProgressAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(1_234, 1_234)]
    [InlineData(4_999, 4_999)]
    [InlineData(60_000, 5_000)]
    [InlineData(1, 50)]
    public async Task It_sleeps_until_the_next_is_due_but_no_longer_than_the_poll_interval(int dueIn, int sleeps)
    {
        Bench.Queue.Add(Bench.Time.GetUtcNow().AddMilliseconds(dueIn), "NEXT");

        await StartAsync();
        (await LookAsync()).ShouldBe(0);

        (await SleepAsync()).ShouldBe(TimeSpan.FromMilliseconds(sleeps));
    }

    [Fact]
    public async Task An_order_that_becomes_due_during_a_sleep_is_claimed_when_somebody_rings()
    {
        await StartAsync();
        await LookAsync();
        await SleepAsync();

        Bench.Queue.Add(Bench.Time.GetUtcNow(), "NEW");
        Bench.WakeUp.Ring(Bench.Time.GetUtcNow());

        (await LookAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Whatever_the_queue_throws_it_looks_again_after_a_breath()
    {
        Exception[] thrown = [new InvalidOperationException("x"), new StoreUnavailableException("Redis", "away"), new OperationCanceledException(), new KeyNotFoundException(), new TimeoutException()];
        var next = 0;
        Bench.Queue.OnClaim = () => next < thrown.Length ? throw thrown[next++] : Task.CompletedTask;

        await StartAsync();
        foreach (var fault in thrown)
        {
            (await SleepAsync()).TotalMilliseconds.ShouldBeInRange(375, 625);
            Bench.Health.LastError.ShouldBe(fault.Message);
            Bench.Time.Advance(TimeSpan.FromMilliseconds(625));
        }

        (await LookAsync()).ShouldBe(0);
        await SleepAsync();
        Bench.Health.LastError.ShouldBeNull();
        Bench.HealthLog.Count("held up").ShouldBe(1);
    }

    [Fact]
    public async Task After_a_store_was_away_it_draws_breath_although_the_batch_was_full()
    {
        Bench.Locks.OnAcquire = (_, _) => throw new StoreUnavailableException("Redis", "away");
        await Bench.DueAsync(12);

        await StartAsync();
        await Eventually.HoldsAsync(() => Bench.Health.LastError == "away", "health tells");

        (await SleepAsync()).TotalMilliseconds.ShouldBeInRange(375, 625);
    }

    [Fact]
    public async Task A_console_that_only_shows_claims_nothing()
    {
        Bench.Options.Enabled = false;
        await Bench.Poller.StartAsync(Stop);
        await Bench.Poller.ExecuteTask!;

        Bench.Queue.Looks.Reader.TryRead(out _).ShouldBeFalse();
    }
}
