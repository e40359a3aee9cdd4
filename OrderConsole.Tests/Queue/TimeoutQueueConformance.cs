using OrderConsole.Core.Queue;

namespace OrderConsole.Tests.Queue;

/// <summary>
/// What every timeout queue promises. A store is a short subclass that opens an empty queue; the clock is the store's own,
/// so moments are made from its answer.
/// </summary>
public abstract partial class TimeoutQueueConformance : IAsyncLifetime
{
    protected const string Me = "node-a:1:aaaa", Other = "node-b:2:bbbb";
    protected static readonly TimeSpan LongLease = TimeSpan.FromMinutes(5), ShortLease = TimeSpan.FromMilliseconds(50);
    private QueueStore? _store;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;
    protected QueueStore Store => _store ?? throw new InvalidOperationException("The store is not open.");
    protected ITimeoutQueue Queue => Store.Queue;
    protected IQueueInspector Inspector => Store.Inspector;

    /// <summary>An empty queue that no other test sees.</summary>
    protected abstract Task<QueueStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (_store?.Close is { } close) await close();
    }

    protected async Task<DateTimeOffset> NowAsync() => (await Inspector.CountAsync(Cancel)).StoreNow;

    protected static string No(int i) => $"ORD-{i:00000}";

    /// <summary>Entries that fell due one after another, the first one longest ago.</summary>
    protected async Task<string[]> ScheduleDueAsync(int count, int from = 0)
    {
        var now = await NowAsync();
        var timeouts = Enumerable.Range(0, count)
            .Select(i => new ScheduledTimeout(No(from + i), now.AddHours(-1).AddMilliseconds(from + i))).ToArray();
        await Queue.ScheduleAsync(timeouts, Cancel);
        return [.. timeouts.Select(timeout => timeout.OrderNo)];
    }

    protected async Task<ClaimedTimeout> ClaimOneAsync(string orderNo, TimeSpan? lease = null)
    {
        await Queue.ScheduleAsync([new(orderNo, (await NowAsync()).AddMinutes(-1))], Cancel);
        return (await ClaimAsync(lease)).Claims.ShouldHaveSingleItem();
    }

    protected Task<ClaimedBatch> ClaimAsync(TimeSpan? lease = null, int max = 100, string owner = Me) =>
        Queue.ClaimDueAsync(max, lease ?? LongLease, owner, Cancel);

    protected async Task<QueueState?> StateAsync(string orderNo) => (await Inspector.FindAsync(orderNo, Cancel))?.State;

    // One millisecond is what every store keeps.
    protected static void ShouldBeAbout(DateTimeOffset actual, DateTimeOffset expected, double milliseconds = 1.5) =>
        actual.ShouldBe(expected, TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public async Task An_empty_queue_gives_nothing()
    {
        var batch = await ClaimAsync();

        batch.Claims.ShouldBeEmpty();
        batch.Rejected.ShouldBeEmpty();
        batch.NextDueAt.ShouldBeNull();
        (await Queue.RecoverExpiredAsync(100, 3, Cancel)).Count.ShouldBe(0);
        (await Inspector.CountAsync(Cancel)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Calls_with_no_entries_do_nothing()
    {
        await Queue.ScheduleAsync([], Cancel);
        await Queue.UnscheduleAsync([], Cancel);
        (await Queue.ExtendAsync([], LongLease, Cancel)).ShouldBeEmpty();
        (await Queue.ReleaseAsync([], Cancel)).ShouldBe(0);
        (await Inspector.FindMissingAsync([], Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Scheduling_again_moves_the_due_time_both_ways()
    {
        var now = await NowAsync();
        await Queue.ScheduleAsync([new("late", now.AddMinutes(-1)), new("early", now.AddHours(1))], Cancel);
        await Queue.ScheduleAsync([new("late", now.AddHours(1)), new("early", now.AddMinutes(-1))], Cancel);

        (await ClaimAsync()).Claims.ShouldHaveSingleItem().OrderNo.ShouldBe("early");
        (await StateAsync("late")).ShouldBe(QueueState.Scheduled);
    }

    [Fact]
    public async Task Scheduling_a_claimed_entry_leaves_the_claim_and_adds_nothing()
    {
        var claim = await ClaimOneAsync("A-1");

        await Queue.ScheduleAsync([new("A-1", (await NowAsync()).AddHours(1))], Cancel);

        (await StateAsync("A-1")).ShouldBe(QueueState.Claimed);
        (await Queue.ReleaseAsync([ClaimRelease.Complete(claim)], Cancel)).ShouldBe(0);
        (await StateAsync("A-1")).ShouldBeNull();
    }

    [Fact]
    public async Task Scheduling_a_dead_letter_puts_it_back_with_its_counts_forgotten()
    {
        var claim = await ClaimOneAsync("A-1");
        await Queue.ReleaseAsync([ClaimRelease.DeadLetter(claim, DeadLetterReasons.Failed, "boom")], Cancel);

        await Queue.ScheduleAsync([new("A-1", (await NowAsync()).AddMinutes(-1))], Cancel);

        (await Inspector.CountAsync(Cancel)).Dead.ShouldBe(0);
        var again = (await ClaimAsync()).Claims.ShouldHaveSingleItem();
        (again.Failed, again.Crashed, again.LastReason, again.Attempt).ShouldBe((0, 0, null, 1));
    }

    [Fact]
    public async Task More_entries_than_one_call_carries_are_scheduled_and_unscheduled_in_steps()
    {
        var orderNos = await ScheduleDueAsync(2 * ITimeoutQueue.MaxEntriesPerCall + 500);
        (await Inspector.CountAsync(Cancel)).Due.ShouldBe(orderNos.Length);

        await Queue.UnscheduleAsync(orderNos, Cancel);

        (await Inspector.CountAsync(Cancel)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Unscheduling_forgets_scheduled_retrying_and_dead_entries_but_not_a_claimed_one()
    {
        var dead = await ClaimOneAsync("dead");
        var retrying = await ClaimOneAsync("retrying");
        await Queue.ReleaseAsync([
            ClaimRelease.DeadLetter(dead, DeadLetterReasons.Failed, null),
            ClaimRelease.PutBack(retrying, TimeSpan.FromHours(1), "lock_held")], Cancel);
        var claimed = await ClaimOneAsync("claimed");
        await Queue.ScheduleAsync([new("scheduled", (await NowAsync()).AddHours(1))], Cancel);

        await Queue.UnscheduleAsync(["dead", "retrying", "claimed", "scheduled", "unknown"], Cancel);

        (await Inspector.FindMissingAsync(["dead", "retrying", "claimed", "scheduled"], Cancel)).ShouldBe(["dead", "retrying", "scheduled"], ignoreOrder: true);
        (await Queue.ReleaseAsync([ClaimRelease.Complete(claimed)], Cancel)).ShouldBe(0);
    }
}
