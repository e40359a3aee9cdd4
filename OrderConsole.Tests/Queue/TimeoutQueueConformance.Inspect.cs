using OrderConsole.Core.Queue;

namespace OrderConsole.Tests.Queue;

public abstract partial class TimeoutQueueConformance
{
    [Fact]
    public async Task Counts_tell_what_waits_what_is_due_and_since_when()
    {
        await FillEveryStateAsync();

        var counts = await Inspector.CountAsync(Cancel);

        (counts.Scheduled, counts.Due, counts.Claimed, counts.Retrying, counts.Dead, counts.Total).ShouldBe((2, 2, 1, 1, 1, 6));
        ShouldBeAbout(counts.OldestDueAt.ShouldNotBeNull(), counts.StoreNow.AddMinutes(-20), milliseconds: 5_000);
        ShouldBeAbout(counts.NextDueAt.ShouldNotBeNull(), counts.StoreNow.AddMinutes(30), milliseconds: 5_000);
    }

    [Fact]
    public async Task Every_state_has_its_entries_found_and_paged()
    {
        await FillEveryStateAsync();
        foreach (var (state, orderNos) in new[]
        {
            (QueueState.Scheduled, new[] { "soon", "later" }), (QueueState.Due, ["oldest-due", "due"]),
            (QueueState.Claimed, ["claimed"]), (QueueState.Retrying, ["retrying"]), (QueueState.Dead, ["dead"]),
        })
        {
            var page = await Inspector.PageAsync(state, 1, 10, Cancel);

            page.Items.Select(item => item.OrderNo).ShouldBe(orderNos);
            (page.Total, page.Page, page.PageSize).ShouldBe((orderNos.Length, 1, 10));
            page.Items.ShouldAllBe(item => item.State == state);
            foreach (var item in page.Items) (await Inspector.FindAsync(item.OrderNo, Cancel)).ShouldBe(item);
        }
        (await Inspector.FindAsync("nobody", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_claimed_entry_shows_its_owner_and_the_end_of_its_lease()
    {
        var claim = await ClaimOneAsync("A-1");

        var entry = (await Inspector.FindAsync("A-1", Cancel)).ShouldNotBeNull();

        (entry.Owner, entry.DeadAt).ShouldBe((Me, null));
        ShouldBeAbout(entry.DueAt, claim.DueAt);
        ShouldBeAbout(entry.LeaseUntil.ShouldNotBeNull(), (await NowAsync()) + LongLease, milliseconds: 5_000);
    }

    [Theory]
    [InlineData(QueueState.Scheduled)]
    [InlineData(QueueState.Due)]
    [InlineData(QueueState.Claimed)]
    [InlineData(QueueState.Retrying)]
    public async Task Pages_follow_each_other_oldest_due_first(QueueState state)
    {
        var orderNos = await ScheduleDueAsync(23);
        if (state is QueueState.Claimed or QueueState.Retrying)
        {
            var claims = (await ClaimAsync()).Claims;
            // Extending in disorder must not change the order of the page.
            await Queue.ExtendAsync([claims[7]], LongLease / 2, Cancel);
            if (state == QueueState.Retrying)
                await Queue.ReleaseAsync([.. claims.Select((claim, i) => ClaimRelease.PutBack(claim, TimeSpan.FromMinutes(10 + i), "x"))], Cancel);
        }
        if (state == QueueState.Scheduled)
            await Queue.ScheduleAsync([.. orderNos.Select((no, i) => new ScheduledTimeout(no, DateTimeOffset.FromUnixTimeSeconds(4_000_000_000 + i)))], Cancel);

        var pages = new List<string>();
        for (var page = 1; page <= 4; page++)
            pages.AddRange((await Inspector.PageAsync(state, page, 7, Cancel)).Items.Select(item => item.OrderNo));

        pages.ShouldBe(orderNos);
        (await Inspector.PageAsync(state, 5, 7, Cancel)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Due_pages_merge_what_was_scheduled_and_what_was_put_back()
    {
        await ScheduleDueAsync(15);
        var claims = (await ClaimAsync(ShortLease)).Claims;
        await RecoverAsync(claims[^1].OrderNo); // due again, and not at one moment
        await ScheduleDueAsync(15, from: 100);

        var entries = new List<QueueEntry>();
        for (var page = 1; page <= 5; page++) entries.AddRange((await Inspector.PageAsync(QueueState.Due, page, 7, Cancel)).Items);

        entries.Select(entry => entry.OrderNo).Distinct().Count().ShouldBe(30);
        entries.Select(entry => entry.DueAt).ShouldBe(entries.Select(entry => entry.DueAt).Order());
    }

    [Fact]
    public async Task Dead_letters_are_paged_latest_first()
    {
        foreach (var orderNo in new[] { "first", "second", "third" })
        {
            await Queue.ReleaseAsync([ClaimRelease.DeadLetter(await ClaimOneAsync(orderNo), DeadLetterReasons.Failed, null)], Cancel);
            // The store's clock must have moved on before the next one dies.
            var diedAt = await NowAsync();
            await Support.Eventually.HoldsAsync(async () => await NowAsync() > diedAt.AddMilliseconds(1), "time passes");
        }

        (await Inspector.PageAsync(QueueState.Dead, 1, 2, Cancel)).Items.Select(item => item.OrderNo).ShouldBe(["third", "second"]);
        (await Inspector.PageAsync(QueueState.Dead, 2, 2, Cancel)).Items.Select(item => item.OrderNo).ShouldBe(["first"]);
    }

    [Fact]
    public async Task Missing_are_those_that_no_state_knows()
    {
        await FillEveryStateAsync();
        var asked = new[] { "gone-1", "soon", "due", "claimed", "retrying", "dead", "gone-2" };

        (await Inspector.FindMissingAsync(asked, Cancel)).ShouldBe(["gone-1", "gone-2"]);
        (await Inspector.FindMissingAsync([.. Enumerable.Range(0, 2_500).Select(No)], Cancel)).Count.ShouldBe(2_500);
    }

    [Fact]
    public async Task A_walk_meets_every_scheduled_and_retrying_entry()
    {
        var orderNos = await ScheduleDueAsync(2_500);
        var put = (await ClaimAsync(max: 300)).Claims;
        await Queue.ReleaseAsync([.. put.Select(claim => ClaimRelease.PutBack(claim, TimeSpan.FromHours(1), "x"))], Cancel);
        await ClaimAsync(max: 1);

        var met = new HashSet<string>();
        await foreach (var page in Inspector.WalkAsync(Cancel))
        {
            page.Count.ShouldBeLessThan(3 * ITimeoutQueue.MaxEntriesPerCall);
            met.UnionWith(page);
        }

        met.Count.ShouldBe(orderNos.Length - 1);
    }

    [Fact]
    public async Task Requeuing_makes_a_dead_letter_or_a_retrying_entry_due_now_with_its_counts_forgotten()
    {
        await FillEveryStateAsync();

        string[] all = ["soon", "dead", "due", "claimed", "retrying", "nobody"];

        (await Inspector.FindRequeueableAsync(all, Cancel)).ShouldBe(["dead", "retrying"], ignoreOrder: true);
        (await Inspector.RequeueAsync(all, Cancel)).ShouldBe(["dead", "retrying"], ignoreOrder: true);
        (await Inspector.RequeueAsync(all, Cancel)).ShouldBeEmpty();
        (await Inspector.FindRequeueableAsync(all, Cancel)).ShouldBeEmpty();
        (await Inspector.RequeueAsync([], Cancel)).ShouldBeEmpty();

        var claims = (await ClaimAsync()).Claims;
        claims.Select(claim => claim.OrderNo).ShouldBe(["oldest-due", "due", "dead", "retrying"], ignoreOrder: true);
        claims.ShouldAllBe(claim => claim.Attempt == 1 && claim.LastReason == null);
        (await StateAsync("claimed")).ShouldBe(QueueState.Claimed);
    }

    [Fact]
    public async Task More_dead_letters_than_one_call_carries_are_put_back()
    {
        var orderNos = await ScheduleDueAsync(2_300);
        while ((await ClaimAsync(max: 1_000)).Claims is { Count: > 0 } claims)
            await Queue.ReleaseAsync([.. claims.Select(claim => ClaimRelease.DeadLetter(claim, DeadLetterReasons.Failed, "boom"))], Cancel);

        (await Inspector.RequeueAsync(orderNos, Cancel)).ShouldBe(orderNos, ignoreOrder: true);

        var counts = await Inspector.CountAsync(Cancel);
        (counts.Due, counts.Dead).ShouldBe((2_300, 0));
    }

    [Fact]
    public async Task The_histogram_counts_what_falls_due_in_each_span()
    {
        var from = (await NowAsync()).AddHours(1);
        await Queue.ScheduleAsync([
            new("before", from.AddSeconds(-1)), new("a", from), new("b", from.AddSeconds(59)),
            new("c", from.AddSeconds(60)), new("d", from.AddSeconds(150)), new("after", from.AddSeconds(180))], Cancel);

        (await Inspector.DueHistogramAsync(from, TimeSpan.FromMinutes(1), 3, Cancel)).ShouldBe([2, 1, 1]);
    }

    [Fact]
    public async Task The_histogram_counts_retrying_entries_too()
    {
        var claim = await ClaimOneAsync("A-1");
        await Queue.ReleaseAsync([ClaimRelease.PutBack(claim, TimeSpan.FromMinutes(30), "x")], Cancel);

        (await Inspector.DueHistogramAsync(await NowAsync(), TimeSpan.FromHours(1), 2, Cancel)).ShouldBe([1, 0]);
    }

    // Two scheduled, two due, one claimed, one retrying, one dead.
    private async Task FillEveryStateAsync()
    {
        await Queue.ReleaseAsync([ClaimRelease.DeadLetter(await ClaimOneAsync("dead"), DeadLetterReasons.Failed, "boom")], Cancel);
        await Queue.ReleaseAsync([ClaimRelease.RetryAfterFailure(await ClaimOneAsync("retrying"), TimeSpan.FromHours(2), "database", "boom")], Cancel);
        await ClaimOneAsync("claimed");
        var now = await NowAsync();
        await Queue.ScheduleAsync([
            new("soon", now.AddMinutes(30)), new("later", now.AddHours(1)),
            new("oldest-due", now.AddMinutes(-20)), new("due", now.AddMinutes(-10))], Cancel);
    }
}
