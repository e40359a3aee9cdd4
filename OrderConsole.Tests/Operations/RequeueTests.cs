using OrderConsole.Core.Operations;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Operations;

public sealed class RequeueOnSqlite() : RequeueTests(StoreSet.Sqlite);

public sealed class RequeueOnPostgres() : RequeueTests(StoreSet.Postgres);

public sealed class RequeueOnRedis() : RequeueTests(StoreSet.PostgresWithRedis);

/// <summary>Putting timeouts back, and the queue's store away in the middle.</summary>
public abstract class RequeueTests(StoreSet set) : OperationTests(set)
{
    [Fact]
    public async Task Dead_letters_retrying_entries_and_lost_orders_are_put_back_and_the_others_are_refused()
    {
        await PutTogetherAsync();
        await PlaceAsync(numbers: ["DEAD", "RETRYING", "LOST", "SCHEDULED", "CLAIMED", "CANCELLED", "MEANWHILE"]);
        await BuryAsync("DEAD", "CANCELLED", "GHOST", "MEANWHILE");
        await Shop.QueueAsync(Queue, ["RETRYING"]);
        var retrying = (await Queue.ClaimDueAsync(10, TimeSpan.FromMinutes(1), "test", Stop)).Claims.ShouldHaveSingleItem();
        await Queue.ReleaseAsync([ClaimRelease.RetryAfterFailure(retrying, TimeSpan.FromHours(1), "failed", "boom")], Stop);
        await Shop.QueueAsync(Queue, ["CLAIMED"]);
        (await Queue.ClaimDueAsync(10, TimeSpan.FromMinutes(1), "test", Stop)).Claims.ShouldHaveSingleItem();
        await Queue.ScheduleAsync([new("SCHEDULED", TimeProvider.System.GetUtcNow().AddHours(1))], Stop);
        await Shop.Cancel.CancelAsync("CANCELLED", "x", Stop);
        var prepared = await PrepareAsync(RequeueTimeouts.ActionName, "DEAD", "RETRYING", "LOST", "SCHEDULED", "CLAIMED", "CANCELLED", "GHOST", "MEANWHILE");
        (await OutcomesAsync(prepared)).Where(o => o.Value == "Allowed").Select(o => o.Key).ShouldBe(["DEAD", "RETRYING", "LOST", "MEANWHILE"], ignoreOrder: true);
        await Shop.QueueAsync(Queue, ["MEANWHILE"]);

        await RunAsync(prepared);

        (await OutcomesAsync(prepared)).ShouldBe(new Dictionary<string, string>
        {
            ["DEAD"] = "Done", ["RETRYING"] = "Done", ["LOST"] = "Done", ["SCHEDULED"] = RefusalCodes.InQueueAlready, ["CLAIMED"] = RefusalCodes.InQueueAlready,
            ["CANCELLED"] = RefusalCodes.NotPending, ["GHOST"] = RefusalCodes.UnknownOrder, ["MEANWHILE"] = RefusalCodes.InQueueAlready,
        });
        foreach (var no in new[] { "DEAD", "RETRYING" })
        {
            var entry = (await Inspector.FindAsync(no, Stop))!;
            (entry.State, entry.Failed, entry.Crashed, entry.Reason).ShouldBe((QueueState.Due, 0, 0, null));
        }
        var lost = (await Inspector.FindAsync("LOST", Stop))!;
        lost.State.ShouldBe(QueueState.Scheduled);
        (lost.DueAt - (await OrderAsync("LOST")).Order.ExpiresAt).Duration().ShouldBeLessThan(TimeSpan.FromMilliseconds(2));
    }

    [Fact]
    public async Task Thousands_of_dead_letters_are_put_back_and_cancelled()
    {
        await PutTogetherAsync(("Timeouts:ReconcileInterval", "01:00:00"));
        var numbers = await Shop.OverdueAsync(2_100);
        await BuryAsync([.. numbers]);
        var prepared = await PrepareAsync(RequeueTimeouts.ActionName, TargetSelection.All(QueueState.Dead));
        prepared.Left.ShouldBe(2_100);

        (await RunAsync(prepared)).Done.ShouldBe(2_100);

        (await Inspector.CountAsync(Stop)).Due.ShouldBe(2_100);
        await Engine.StartAsync();
        await AllFinalAsync();
        await WholeAsync();
    }
}

/// <summary>The queue's store is away in the middle of an operation.</summary>
public sealed class RequeueWithRedisAway() : OperationTests(StoreSet.PostgresWithRedis)
{
    [Fact]
    public async Task An_operation_waits_for_a_store_that_is_away_and_goes_on_when_it_is_back()
    {
        await PutTogetherAsync(("Timeouts:Enabled", "false"));
        await Engine.StartAsync();
        await PlaceAsync(numbers: ["A", "B"]);
        await Eventually.HoldsAsync(async () => (await Inspector.CountAsync(Stop)).Scheduled == 2, "both are scheduled", Patience);
        await BuryAsync("A", "B");
        var prepared = await PrepareAsync(RequeueTimeouts.ActionName, "A");
        Stores.Redis.Kill();

        (await Gate.RunAsync(prepared.Id, "because", Somebody, Stop)).State.ShouldBe(OperationState.Running);
        (await Gate.RunAsync(prepared.Id, "because", Somebody, Stop)).State.ShouldBe(OperationState.Running);
        await Should.ThrowAsync<Core.Data.StoreOutcomeUnknownException>(() => DoNowAsync(RequeueTimeouts.ActionName, "B"));
        // Other operations are not held up by one that waits.
        (await DoNowAsync(CancelOrders.ActionName, "B")).State.ShouldBe(OperationItemState.Done);
        await Stores.Redis.RestartAsync();

        await Eventually.HoldsAsync(async () => await Operations.FindAsync(prepared.Id, Stop) is { State: OperationState.Finished, Done: 1 }, "it is finished", Patience);
        (await Inspector.FindAsync("A", Stop))!.State.ShouldBe(QueueState.Due);
        await Eventually.HoldsAsync(async () => (await Operations.PageAsync("B", 1, 10, Stop)).Items.All(o => o.State == OperationState.Finished), "the other one too", Patience);
        await WholeAsync();
    }
}
