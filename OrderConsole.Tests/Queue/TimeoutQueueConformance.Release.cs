using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Queue;

public abstract partial class TimeoutQueueConformance
{
    [Fact]
    public async Task A_completed_claim_is_gone_and_its_counts_with_it()
    {
        var claim = await ClaimOneAsync("A-1");
        await Queue.ReleaseAsync([ClaimRelease.RetryAfterFailure(claim, TimeSpan.Zero, "database", "boom")], Cancel);
        var second = await ClaimDueSoonAsync();
        second.Attempt.ShouldBe(2);

        (await Queue.ReleaseAsync([ClaimRelease.Complete(second)], Cancel)).ShouldBe(0);

        (await StateAsync("A-1")).ShouldBeNull();
        (await ClaimOneAsync("A-1")).Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task A_rescheduled_claim_waits_for_its_new_moment_with_its_counts_at_zero()
    {
        var claim = await ClaimOneAsync("A-1");
        await Queue.ReleaseAsync([ClaimRelease.RetryAfterFailure(claim, TimeSpan.Zero, "database", "boom")], Cancel);
        var due = (await NowAsync()).AddHours(3);

        await Queue.ReleaseAsync([ClaimRelease.Reschedule(await ClaimDueSoonAsync(), due)], Cancel);

        var entry = (await Inspector.FindAsync("A-1", Cancel)).ShouldNotBeNull();
        (entry.State, entry.Failed, entry.Crashed).ShouldBe((QueueState.Scheduled, 0, 0));
        ShouldBeAbout(entry.DueAt, due);
    }

    [Fact]
    public async Task An_entry_put_back_without_blame_comes_again_after_its_delay_and_counts_nothing()
    {
        var claim = await ClaimOneAsync("A-1");
        var releasedAt = await NowAsync();
        await Queue.ReleaseAsync([ClaimRelease.PutBack(claim, TimeSpan.FromMilliseconds(300), "lock_held")], Cancel);
        (await StateAsync("A-1")).ShouldBe(QueueState.Retrying);

        var again = await ClaimDueSoonAsync();

        (again.OrderNo, again.Failed, again.Crashed, again.LastReason).ShouldBe(("A-1", 0, 0, "lock_held"));
        again.Token.ShouldNotBe(claim.Token);
        (await NowAsync()).ShouldBeGreaterThan(releasedAt.AddMilliseconds(299));
    }

    [Fact]
    public async Task Failures_are_counted_and_the_last_reason_is_kept()
    {
        var claim = await ClaimOneAsync("A-1");
        await Queue.ReleaseAsync([ClaimRelease.RetryAfterFailure(claim, TimeSpan.Zero, "database", "first")], Cancel);
        claim = await ClaimDueSoonAsync();
        await Queue.ReleaseAsync([ClaimRelease.RetryAfterFailure(claim, TimeSpan.FromHours(1), "timeout", "second | with\na bar")], Cancel);

        var entry = (await Inspector.FindAsync("A-1", Cancel)).ShouldNotBeNull();

        (entry.State, entry.Failed, entry.Crashed, entry.Reason, entry.Detail)
            .ShouldBe((QueueState.Retrying, 2, 0, "timeout", "second | with\na bar"));
        ShouldBeAbout(entry.DueAt, (await NowAsync()).AddHours(1), milliseconds: 5_000);
    }

    [Fact]
    public async Task A_dead_letter_keeps_its_reason_and_is_not_claimed_again()
    {
        var (failed, unknown) = (await ClaimOneAsync("failed"), await ClaimOneAsync("unknown"));
        await Queue.ReleaseAsync([
            ClaimRelease.DeadLetter(failed, DeadLetterReasons.Failed, "no such table"),
            ClaimRelease.DeadLetter(unknown, DeadLetterReasons.UnknownOrder, null)], Cancel);

        (await ClaimAsync()).Claims.ShouldBeEmpty();
        var entry = (await Inspector.FindAsync("failed", Cancel)).ShouldNotBeNull();
        (entry.State, entry.Reason, entry.Detail, entry.Failed).ShouldBe((QueueState.Dead, DeadLetterReasons.Failed, "no such table", 1));
        ShouldBeAbout(entry.DueAt, failed.DueAt);
        ShouldBeAbout(entry.DeadAt.ShouldNotBeNull(), await NowAsync(), milliseconds: 5_000);
        (await Inspector.FindAsync("unknown", Cancel)).ShouldNotBeNull().Failed.ShouldBe(0);
    }

    [Fact]
    public async Task One_call_ends_claims_by_different_verdicts()
    {
        await ScheduleDueAsync(4);
        var claims = (await ClaimAsync()).Claims;

        var lost = await Queue.ReleaseAsync([
            ClaimRelease.Complete(claims[0]),
            ClaimRelease.Reschedule(claims[1], (await NowAsync()).AddHours(1)),
            ClaimRelease.PutBack(claims[2], TimeSpan.FromHours(1), "lock_held"),
            ClaimRelease.DeadLetter(claims[3], DeadLetterReasons.Failed, null)], Cancel);

        lost.ShouldBe(0);
        var counts = await Inspector.CountAsync(Cancel);
        (counts.Scheduled, counts.Retrying, counts.Dead, counts.Claimed, counts.Due).ShouldBe((1, 1, 1, 0, 0));
    }

    [Fact]
    public async Task Releasing_with_an_old_token_leaves_the_claim_untouched_and_is_counted()
    {
        var old = await ClaimOneAsync("A-1", ShortLease);
        await RecoverAsync("A-1");
        var current = (await ClaimAsync(owner: Other)).Claims.ShouldHaveSingleItem();

        foreach (var release in new[]
        {
            ClaimRelease.Complete(old), ClaimRelease.Reschedule(old, await NowAsync()),
            ClaimRelease.PutBack(old, TimeSpan.Zero, "x"), ClaimRelease.DeadLetter(old, DeadLetterReasons.Failed, null),
        })
            (await Queue.ReleaseAsync([release], Cancel)).ShouldBe(1);

        var entry = (await Inspector.FindAsync("A-1", Cancel)).ShouldNotBeNull();
        (entry.State, entry.Owner, entry.Failed).ShouldBe((QueueState.Claimed, Other, 0));
        (await Queue.ReleaseAsync([ClaimRelease.Complete(current)], Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Releasing_twice_changes_nothing_and_is_counted()
    {
        var claim = await ClaimOneAsync("A-1");
        (await Queue.ReleaseAsync([ClaimRelease.Complete(claim)], Cancel)).ShouldBe(0);

        (await Queue.ReleaseAsync([ClaimRelease.DeadLetter(claim, DeadLetterReasons.Failed, null)], Cancel)).ShouldBe(1);

        (await StateAsync("A-1")).ShouldBeNull();
    }

    [Fact]
    public async Task A_claim_is_not_taken_back_before_its_lease_ends()
    {
        await ClaimOneAsync("A-1");

        (await Queue.RecoverExpiredAsync(100, 3, Cancel)).Count.ShouldBe(0);

        (await StateAsync("A-1")).ShouldBe(QueueState.Claimed);
    }

    [Fact]
    public async Task A_claim_whose_lease_ended_is_due_again_with_a_crash_counted_and_no_failure()
    {
        await ClaimOneAsync("A-1", ShortLease);

        await RecoverAsync("A-1");
        var again = (await ClaimAsync()).Claims.ShouldHaveSingleItem();

        (again.OrderNo, again.Failed, again.Crashed, again.Attempt).ShouldBe(("A-1", 0, 1, 2));
    }

    [Fact]
    public async Task Too_many_crashes_make_a_dead_letter()
    {
        await ClaimOneAsync("A-1", ShortLease);
        await RecoverAsync("A-1", maxCrashes: 2);
        (await StateAsync("A-1")).ShouldBe(QueueState.Due);
        (await ClaimAsync(ShortLease)).Claims.ShouldHaveSingleItem();

        var recovered = RecoveredClaims.None;
        await Eventually.HoldsAsync(
            async () => (recovered = await Queue.RecoverExpiredAsync(100, 2, Cancel)).Count > 0, "the second crash is found");

        recovered.Returned.ShouldBeEmpty();
        var dead = recovered.Dead.ShouldHaveSingleItem();
        (dead.OrderNo, dead.Reason).ShouldBe(("A-1", DeadLetterReasons.Crashed));
        var entry = (await Inspector.FindAsync("A-1", Cancel)).ShouldNotBeNull();
        (entry.State, entry.Crashed, entry.Reason).ShouldBe((QueueState.Dead, 2, DeadLetterReasons.Crashed));
    }

    [Fact]
    public async Task No_more_claims_are_taken_back_than_asked_for()
    {
        await ScheduleDueAsync(10);
        await ClaimAsync(ShortLease);
        var first = RecoveredClaims.None;

        await Eventually.HoldsAsync(async () => (first = await Queue.RecoverExpiredAsync(4, 3, Cancel)).Count > 0, "leases end");
        var rest = await Queue.RecoverExpiredAsync(1_000, 3, Cancel);

        (first.Returned.Count, rest.Returned.Count).ShouldBe((4, 6));
    }

    private async Task<ClaimedTimeout> ClaimDueSoonAsync()
    {
        ClaimedBatch? batch = null;
        await Eventually.HoldsAsync(async () => (batch = await ClaimAsync()).Claims.Count > 0, "an entry put back falls due");
        return batch!.Claims.ShouldHaveSingleItem();
    }
}
