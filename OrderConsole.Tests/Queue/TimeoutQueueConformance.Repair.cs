using OrderConsole.Core.Queue;

namespace OrderConsole.Tests.Queue;

/// <summary>What a comparison with the database and its repairs need.</summary>
public abstract partial class TimeoutQueueConformance
{
    [Fact]
    public async Task A_walk_in_order_meets_every_entry_of_its_kind_once_also_where_thousands_share_a_moment()
    {
        var now = await NowAsync();
        var timeouts = Enumerable.Range(0, 2_700).Select(i => new ScheduledTimeout(No(i), now.AddMinutes(i < 200 ? -i : 10))).ToArray();
        await Queue.ScheduleAsync(timeouts, Cancel);
        await ClaimAsync(max: 1);

        var met = await WalkInOrderAsync(QueueState.Scheduled);

        met.Count.ShouldBe(2_699);
        met.Select(p => p.Name).Distinct().Count().ShouldBe(2_699);
        met.Select(p => p.At).ShouldBe(met.Select(p => p.At).Order());
        (await WalkInOrderAsync(QueueState.Claimed)).ShouldHaveSingleItem().Name.ShouldBe(No(199));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => WalkInOrderAsync(QueueState.Due));
    }

    [Fact]
    public async Task A_walk_in_order_goes_on_where_it_was_when_what_it_met_last_has_gone()
    {
        var orderNos = await ScheduleDueAsync(2_500);
        var met = new List<string>();
        await foreach (var page in Inspector.WalkInOrderAsync(QueueState.Scheduled, Cancel))
        {
            met.AddRange(page.Select(p => p.Name));
            await Queue.UnscheduleAsync([page[^1].Name], Cancel);
        }

        orderNos.Except(met).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_kind_has_its_walk_and_every_name_is_found()
    {
        await FillEveryStateAsync();

        (await WalkInOrderAsync(QueueState.Scheduled)).Select(p => p.Name).ShouldBe(["oldest-due", "due", "soon", "later"]);
        (await WalkInOrderAsync(QueueState.Retrying)).Select(p => p.Name).ShouldBe(["retrying"]);
        (await WalkInOrderAsync(QueueState.Dead)).Select(p => p.Name).ShouldBe(["dead"]);
        var found = await Inspector.FindAllAsync(["dead", "nobody", "due", "retrying", "claimed", "soon"], Cancel);
        found.Select(e => (e.OrderNo, e.State)).ShouldBe([
            ("dead", QueueState.Dead), ("due", QueueState.Due), ("retrying", QueueState.Retrying), ("claimed", QueueState.Claimed), ("soon", QueueState.Scheduled)]);
        foreach (var entry in found) (await Inspector.FindAsync(entry.OrderNo, Cancel)).ShouldBe(entry);
    }

    [Fact]
    public async Task Removing_forgets_what_nobody_has_claimed_and_says_what_that_was()
    {
        await FillEveryStateAsync();

        (await Inspector.RemoveAsync(["dead", "claimed", "retrying", "due", "nobody"], Cancel)).ShouldBe(["dead", "retrying", "due"], ignoreOrder: true);

        var counts = await Inspector.CountAsync(Cancel);
        (counts.Scheduled, counts.Due, counts.Claimed, counts.Retrying, counts.Dead).ShouldBe((2, 1, 1, 0, 0));
        (await Inspector.RemoveAsync(["dead"], Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_claim_whose_lease_is_over_can_be_put_back_and_is_its_owners_no_more()
    {
        var over = await ClaimOneAsync("over", ShortLease);
        var claimed = await NowAsync();
        await Support.Eventually.HoldsAsync(async () => await NowAsync() > claimed + ShortLease, "the lease is over");
        await ClaimOneAsync("held");

        (await Inspector.FindRequeueableAsync(["over", "held"], Cancel)).ShouldBe(["over"]);
        (await Inspector.RequeueAsync(["over", "held"], Cancel)).ShouldBe(["over"]);

        (await StateAsync("over"), await StateAsync("held")).ShouldBe((QueueState.Due, QueueState.Claimed));
        (await Queue.ReleaseAsync([ClaimRelease.Complete(over)], Cancel)).ShouldBe(1);
        (await ClaimAsync()).Claims.ShouldHaveSingleItem().OrderNo.ShouldBe("over");
    }

    private async Task<List<QueuePlace>> WalkInOrderAsync(QueueState state)
    {
        var met = new List<QueuePlace>();
        await foreach (var page in Inspector.WalkInOrderAsync(state, Cancel))
        {
            page.Count.ShouldBeInRange(1, 5_000);
            met.AddRange(page);
        }
        return met;
    }
}
