using System.Collections.Concurrent;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Queue;

public abstract partial class TimeoutQueueConformance
{
    [Fact]
    public async Task Only_what_is_due_is_claimed_oldest_first()
    {
        var now = await NowAsync();
        await Queue.ScheduleAsync([
            new("later", now.AddHours(1)), new("second", now.AddSeconds(-10)),
            new("third", now.AddSeconds(-5)), new("first", now.AddDays(-2))], Cancel);

        var batch = await ClaimAsync();

        batch.Claims.Select(claim => claim.OrderNo).ShouldBe(["first", "second", "third"]);
        ShouldBeAbout(batch.Claims[0].DueAt, now.AddDays(-2));
        batch.Claims.ShouldAllBe(claim => claim.Token.Length > 0 && claim.Attempt == 1 && claim.LastReason == null);
    }

    [Fact]
    public async Task At_most_as_many_as_asked_for_are_claimed()
    {
        var orderNos = await ScheduleDueAsync(25);

        (await ClaimAsync(max: 10)).Claims.Select(claim => claim.OrderNo).ShouldBe(orderNos[..10]);
        (await ClaimAsync(max: 10)).Claims.Select(claim => claim.OrderNo).ShouldBe(orderNos[10..20]);
        (await ClaimAsync(max: 10)).Claims.Select(claim => claim.OrderNo).ShouldBe(orderNos[20..]);
    }

    [Fact]
    public async Task A_full_batch_of_the_greatest_size_is_claimed_and_released()
    {
        await ScheduleDueAsync(ITimeoutQueue.MaxEntriesPerCall + 1);

        var batch = await ClaimAsync(max: ITimeoutQueue.MaxEntriesPerCall);

        batch.Claims.Count.ShouldBe(ITimeoutQueue.MaxEntriesPerCall);
        (await Queue.ReleaseAsync([.. batch.Claims.Select(ClaimRelease.Complete)], Cancel)).ShouldBe(0);
        (await Inspector.CountAsync(Cancel)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task An_entry_falls_due_by_itself_and_never_early()
    {
        var due = (await NowAsync()).AddMilliseconds(300);
        await Queue.ScheduleAsync([new("A-1", due)], Cancel);
        ClaimedBatch? batch = null;

        await Eventually.HoldsAsync(async () => (batch = await ClaimAsync()).Claims.Count == 1, "the entry falls due");

        batch!.StoreNow.ShouldBeGreaterThanOrEqualTo(due.AddMilliseconds(-1));
    }

    [Fact]
    public async Task Two_claimers_never_get_the_same_entry()
    {
        const int entries = 5_000;
        await ScheduleDueAsync(entries);
        var claimed = new ConcurrentBag<ClaimedTimeout>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            while ((await ClaimAsync(max: 150, owner: $"worker-{worker}")).Claims is { Count: > 0 } claims)
                foreach (var claim in claims) claimed.Add(claim);
        }, Cancel)));

        claimed.Count.ShouldBe(entries);
        claimed.Select(claim => claim.OrderNo).Distinct().Count().ShouldBe(entries);
    }

    [Fact]
    public async Task The_batch_says_by_whose_clock_and_until_when()
    {
        var before = TimeProvider.System.GetTimestamp();
        var storeBefore = await NowAsync();

        var batch = await ClaimAsync(TimeSpan.FromSeconds(42));

        batch.Lease.ShouldBe(TimeSpan.FromSeconds(42));
        batch.SentAt.ShouldBeInRange(before, TimeProvider.System.GetTimestamp());
        batch.StoreNow.ShouldBeInRange(storeBefore, await NowAsync());
    }

    [Fact]
    public async Task The_batch_says_when_the_next_entry_falls_due()
    {
        var now = await NowAsync();
        await Queue.ScheduleAsync([new("a", now.AddMinutes(-2)), new("b", now.AddMinutes(-1)), new("c", now.AddHours(1))], Cancel);

        var full = await ClaimAsync(max: 1);
        var rest = await ClaimAsync();

        ShouldBeAbout(full.NextDueAt.ShouldNotBeNull(), now.AddMinutes(-1));
        ShouldBeAbout(rest.NextDueAt.ShouldNotBeNull(), now.AddHours(1));
    }

    [Fact]
    public async Task An_entry_put_back_counts_for_the_next_due_time()
    {
        var claim = await ClaimOneAsync("A-1");
        await Queue.ScheduleAsync([new("far", (await NowAsync()).AddHours(2))], Cancel);
        await Queue.ReleaseAsync([ClaimRelease.PutBack(claim, TimeSpan.FromMinutes(10), "lock_held")], Cancel);

        var batch = await ClaimAsync();

        batch.Claims.ShouldBeEmpty();
        ShouldBeAbout(batch.NextDueAt.ShouldNotBeNull(), batch.StoreNow.AddMinutes(10), milliseconds: 5_000);
    }

    [Fact]
    public async Task Entries_put_back_never_crowd_out_what_has_just_fallen_due()
    {
        await ScheduleDueAsync(40);
        var troubled = await ClaimAsync();
        await Queue.ReleaseAsync([.. troubled.Claims.Select(claim => ClaimRelease.PutBack(claim, TimeSpan.Zero, "lock_held"))], Cancel);
        var fresh = await ScheduleDueAsync(40, from: 1_000);

        // Retrying entries are due a moment after the release, by the store's clock.
        await Eventually.HoldsAsync(async () => (await Inspector.CountAsync(Cancel)).Due == 80, "all are due");
        var batch = await ClaimAsync(max: 40);

        batch.Claims.Count.ShouldBe(40);
        batch.Claims.Count(claim => fresh.Contains(claim.OrderNo)).ShouldBeGreaterThanOrEqualTo(30);
    }

    [Fact]
    public async Task Malformed_members_and_absurd_scores_become_dead_letters_and_do_not_stop_the_rest()
    {
        if (Store.WriteForeign is not { } write)
        {
            Assert.Skip("No other program can write into this store.");
            return;
        }
        var now = await NowAsync();
        await write("has space", now.ToUnixTimeSeconds() - 60);
        await write(new string('x', 65), now.ToUnixTimeSeconds() - 60);
        await write("too-early", 12);
        await write("in-milliseconds", now.ToUnixTimeMilliseconds());
        var good = await ScheduleDueAsync(5);

        var batch = await ClaimAsync();
        var next = await ClaimAsync();

        batch.Claims.Select(claim => claim.OrderNo).ShouldBe(good);
        var rejected = batch.Rejected.Concat(next.Rejected).ToDictionary(dead => dead.OrderNo, dead => dead.Reason);
        rejected.ShouldBe(new Dictionary<string, string>
        {
            ["has space"] = DeadLetterReasons.Malformed,
            [new string('x', 65)] = DeadLetterReasons.Malformed,
            ["too-early"] = DeadLetterReasons.AbsurdScore,
            ["in-milliseconds"] = DeadLetterReasons.AbsurdScore,
        }, ignoreOrder: true);
        (await Inspector.CountAsync(Cancel)).Dead.ShouldBe(4);
        (await ClaimAsync()).NextDueAt.ShouldBeNull();
    }

    [Fact]
    public async Task An_extended_claim_is_kept_and_one_taken_back_is_reported()
    {
        var (kept, gone) = (await ClaimOneAsync("kept", ShortLease), await ClaimOneAsync("gone", ShortLease));

        (await Queue.ExtendAsync([kept], LongLease, Cancel)).ShouldBeEmpty();
        await RecoverAsync("gone");
        var lost = await Queue.ExtendAsync([kept, gone], LongLease, Cancel);

        lost.ShouldBe([gone]);
        (await StateAsync("kept")).ShouldBe(QueueState.Claimed);
        (await StateAsync("gone")).ShouldBe(QueueState.Due);
        var entry = (await Inspector.FindAsync("kept", Cancel)).ShouldNotBeNull();
        ShouldBeAbout(entry.LeaseUntil.ShouldNotBeNull(), (await NowAsync()) + LongLease, milliseconds: 5_000);
    }

    [Fact]
    public async Task An_old_token_does_not_extend_the_claim_that_came_after_it()
    {
        var old = await ClaimOneAsync("A-1", ShortLease);
        await RecoverAsync("A-1");
        (await ClaimAsync(TimeSpan.FromMinutes(1), owner: Other)).Claims.ShouldHaveSingleItem();

        (await Queue.ExtendAsync([old], TimeSpan.FromHours(1), Cancel)).ShouldBe([old]);

        var entry = (await Inspector.FindAsync("A-1", Cancel)).ShouldNotBeNull();
        entry.LeaseUntil.ShouldNotBeNull().ShouldBeLessThan((await NowAsync()).AddMinutes(2));
    }

    /// <summary>Takes back claims until the entry is one of them.</summary>
    protected Task RecoverAsync(string orderNo, int maxCrashes = 100) => Eventually.HoldsAsync(
        async () => (await Queue.RecoverExpiredAsync(1_000, maxCrashes, Cancel)) is var recovered
            && (recovered.Returned.Contains(orderNo) || recovered.Dead.Any(dead => dead.OrderNo == orderNo)),
        $"the claim of {orderNo} is taken back");
}
