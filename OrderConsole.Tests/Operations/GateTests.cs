using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Operations;

public sealed class GateOnSqlite() : GateTests(StoreSet.Sqlite);

public sealed class GateOnPostgres() : GateTests(StoreSet.Postgres);

/// <summary>What the gate promises for every action, shown with a cancel.</summary>
public abstract class GateTests(StoreSet set) : OperationTests(set)
{
    [Fact]
    public async Task A_preview_freezes_its_list_and_says_who_is_refused_and_changes_nothing()
    {
        await PutTogetherAsync();
        await PlaceAsync(numbers: ["A", "B", "PAID"]);
        await PayAsync("PAID", "p");

        var prepared = await PrepareAsync(CancelOrders.ActionName, "A", "PAID", "NONE", "A");

        (prepared.State, prepared.Total, prepared.Refused, prepared.Left).ShouldBe((OperationState.Prepared, 3, 2, 1));
        (await OutcomesAsync(prepared)).ShouldBe(new Dictionary<string, string> { ["A"] = "Allowed", ["PAID"] = RefusalCodes.NotPending, ["NONE"] = RefusalCodes.UnknownOrder });
        (await OrderAsync("A")).Order.Status.ShouldBe(OrderStatus.Pending);
        (await Operations.PageAsync(null, 1, 10, Stop)).Total.ShouldBe(0, "what nobody ran is no receipt");
    }

    [Fact]
    public async Task A_view_is_read_once_what_comes_later_is_not_touched()
    {
        await PutTogetherAsync();
        await PlaceAsync(numbers: ["V-1", "V-2"]);
        var prepared = await PrepareAsync(CancelOrders.ActionName, TargetSelection.All(new OrderFilter { Status = OrderStatus.Pending, Search = "V-" }));
        await PlaceAsync(numbers: ["V-3"]);

        var done = await RunAsync(prepared);

        (done.State, done.Done, done.Total).ShouldBe((OperationState.Finished, 2, 2));
        (await OrderAsync("V-3")).Order.Status.ShouldBe(OrderStatus.Pending);
        (await Operations.PageAsync("V-1", 1, 10, Stop)).Items.ShouldHaveSingleItem().Reason.ShouldBe("because");
        await WholeAsync();
    }

    [Fact]
    public async Task Twenty_runs_at_once_are_one()
    {
        await PutTogetherAsync();
        await PlaceAsync(numbers: [.. Enumerable.Range(0, 30).Select(i => $"A-{i}")]);
        var prepared = await PrepareAsync(ExtendOrders.ActionName, TargetSelection.All(new OrderFilter()), new OperationParameters { By = TimeSpan.FromHours(1) });

        var runs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => RunAsync(prepared), Stop)));

        runs.ShouldAllBe(r => r.State == OperationState.Finished && r.Done == 30);
        (await Engine.Database.ReadAsync(db => db.Orders.CountAsync(o => o.Version == 2, Stop))).ShouldBe(30);
        (await RunAsync(prepared)).Done.ShouldBe(30, "and once more changes nothing");
        await WholeAsync();
    }

    [Fact]
    public async Task One_bad_target_fails_alone()
    {
        await PutTogetherAsync();
        string[] numbers = [.. Enumerable.Range(0, 40).Select(i => $"A-{i:D2}")];
        await PlaceAsync(numbers: numbers);
        await PoisonAsync("A-17");

        await OnlyItFailsAsync(await PrepareAsync(ExtendOrders.ActionName, TargetSelection.Of(numbers), new OperationParameters { By = TimeSpan.FromHours(1) }));
        await OnlyItFailsAsync(await PrepareAsync(CancelOrders.ActionName, numbers));
        await WholeAsync();

        async Task OnlyItFailsAsync(Operation prepared)
        {
            var done = await RunAsync(prepared);
            (done.Done, done.Refused, done.Failed).ShouldBe((39, 0, 1));
            var failed = (await Operations.ItemsAsync(prepared.Id, OperationItemState.Failed, 1, 10, Stop)).Items.ShouldHaveSingleItem();
            (failed.Target, failed.Code).ShouldBe(("A-17", RefusalCodes.Failed));
            failed.Detail!.ShouldContain("poisoned");
        }
    }

    [Fact]
    public async Task What_changed_since_the_preview_is_left_alone()
    {
        await PutTogetherAsync();
        await PlaceAsync(numbers: ["SAME", "PAID", "MOVED"]);
        var prepared = await PrepareAsync(CancelOrders.ActionName, "SAME", "PAID", "MOVED");
        await PayAsync("PAID", "p");
        await Shop.Extend.ExtendAsync("MOVED", TimeSpan.FromHours(1), Stop);

        await RunAsync(prepared);

        (await OutcomesAsync(prepared)).ShouldBe(new Dictionary<string, string> { ["SAME"] = "Done", ["PAID"] = RefusalCodes.NotPending, ["MOVED"] = RefusalCodes.ChangedSincePreview });
        await WholeAsync();
    }

    [Fact]
    public async Task Two_thousand_targets_are_done_in_a_few_transactions()
    {
        await PutTogetherAsync();
        string[] numbers = [.. Enumerable.Range(0, 2_000).Select(i => $"A-{i:D4}")];
        await PlaceAsync(numbers: numbers);
        var prepared = await PrepareAsync(CancelOrders.ActionName, numbers);
        using var transactions = new Transactions(Stores.Database.ConnectionString);

        (await RunAsync(prepared)).Done.ShouldBe(2_000);

        transactions.Count.ShouldBeLessThanOrEqualTo(6, "start, four batches, finish");
        await WholeAsync();
    }

    [Fact]
    public async Task A_read_only_console_refuses_everything_and_goes_on_with_nobodys_work()
    {
        await PutTogetherAsync();
        await PlaceAsync(numbers: ["A"]);
        var prepared = await PrepareAsync(CancelOrders.ActionName, "A");
        await using var shows = await Engine.CreateAsync(Stores.Settings(("Operations:ReadOnly", "true")));
        var gate = shows.Get<OperationGate>();

        (await Should.ThrowAsync<OperationRefusedException>(() => gate.PrepareAsync(CancelOrders.ActionName, TargetSelection.Of("A"), OperationParameters.None, Somebody, Stop))).Code.ShouldBe("read_only");
        (await Should.ThrowAsync<OperationRefusedException>(() => gate.RunAsync(prepared.Id, "x", Somebody, Stop))).Code.ShouldBe("read_only");
        (await Should.ThrowAsync<OperationRefusedException>(() => gate.DoNowAsync(CancelOrders.ActionName, "A", OperationParameters.None, "x", Somebody, Stop))).Code.ShouldBe("read_only");

        (await OrderAsync("A")).Order.Status.ShouldBe(OrderStatus.Pending);
    }

    [Fact]
    public async Task What_can_not_begin_is_refused_in_words()
    {
        await PutTogetherAsync(("Operations:MaxTargets", "3"));

        (await Should.ThrowAsync<OperationRefusedException>(() => PrepareAsync(CancelOrders.ActionName))).Code.ShouldBe("nothing_selected");
        (await Should.ThrowAsync<OperationRefusedException>(() => PrepareAsync(CancelOrders.ActionName, "A", "B", "C", "D"))).Code.ShouldBe("too_many_selected");
        (await Should.ThrowAsync<InvalidInputException>(() => PrepareAsync("drop_tables", "A"))).Field.ShouldBe("action");
        (await Should.ThrowAsync<InvalidInputException>(() => PrepareAsync(CancelOrders.ActionName, "A", "\0"))).Field.ShouldBe("selection.listed[1]");
        (await Should.ThrowAsync<InvalidInputException>(() => PrepareAsync(CancelOrders.ActionName, new TargetSelection()))).Field.ShouldBe("selection");
        (await Should.ThrowAsync<InvalidInputException>(() => PrepareAsync(ExtendOrders.ActionName, "A"))).Field.ShouldBe("by");
        (await Should.ThrowAsync<InvalidInputException>(() => PrepareAsync(RefundPayments.ActionName, "A"))).Field.ShouldBe("reference");
        (await Should.ThrowAsync<OperationRefusedException>(() => Gate.RunAsync(999, "x", Somebody, Stop))).Code.ShouldBe("unknown_operation");
        (await Should.ThrowAsync<InvalidInputException>(() => Gate.RunAsync(999, " ", Somebody, Stop))).Field.ShouldBe("reason");
    }

    [Fact]
    public async Task A_console_that_was_taken_for_dead_writes_nothing_more()
    {
        await PutTogetherAsync();
        await PlaceAsync(numbers: ["A"]);
        var prepared = await PrepareAsync(CancelOrders.ActionName, "A");
        // Somebody else has the operation from the moment on at which this one is about to write its outcome.
        await Engine.Database.WriteAsync(db => db.Operations.Where(o => o.Id == prepared.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OperationState.Running).SetProperty(o => o.Node, "other:1:aaaa"), Stop), Stop);
        var operation = (await Operations.FindAsync(prepared.Id, Stop))!;
        var items = (await Operations.ItemsAsync(prepared.Id, null, 1, 10, Stop)).Items;
        var action = Engine.Get<IEnumerable<OperatorAction>>().Single(a => a.Name == CancelOrders.ActionName);

        await Should.ThrowAsync<OperationTakenOverException>(() =>
            action.DoAsync(new ActionBatch(Engine.Database, Engine.Get<Core.Audit.AuditLog>(), operation, OperationParameters.None, items, TimeProvider.System), Stop));

        (await OrderAsync("A")).Order.Status.ShouldBe(OrderStatus.Pending);
        (await OutcomesAsync(prepared))["A"].ShouldBe("Allowed");
    }

    [Fact]
    public async Task Operations_of_a_dead_and_of_a_stopped_console_go_on_and_those_of_a_living_one_are_left()
    {
        await PutTogetherAsync(("Timeouts:Enabled", "false"));
        await PlaceAsync(numbers: ["DEAD", "STOPPED", "ALIVE"]);
        var (dead, stopped, alive) = (await LeftByAsync("DEAD", "gone:1:aaaa"), await LeftByAsync("STOPPED", null), await LeftByAsync("ALIVE", "living:1:bbbb"));
        await Engine.Database.WriteAsync(db =>
        {
            db.Add(new Core.Telemetry.NodeRow { Name = "living:1:bbbb", SeenAt = TimeProvider.System.GetUtcNow().AddMinutes(10) });
            return db.SaveChangesAsync(Stop);
        }, Stop);

        await Engine.StartAsync();

        foreach (var left in new[] { dead, stopped })
            await Eventually.HoldsAsync(async () => await Operations.FindAsync(left, Stop) is { State: OperationState.Finished, Done: 1 }, $"operation {left} is finished", Patience);
        (await Operations.FindAsync(alive, Stop))!.State.ShouldBe(OperationState.Running);
        (await OrderAsync("ALIVE")).Order.Status.ShouldBe(OrderStatus.Pending);
        await WholeAsync();

        async Task<long> LeftByAsync(string no, string? node)
        {
            var prepared = await PrepareAsync(CancelOrders.ActionName, no);
            var longAgo = TimeProvider.System.GetUtcNow().AddMinutes(-5);
            await Engine.Database.WriteAsync(db => db.Operations.Where(o => o.Id == prepared.Id).ExecuteUpdateAsync(set => set
                .SetProperty(o => o.State, OperationState.Running).SetProperty(o => o.Node, node).SetProperty(o => o.StartedAt, longAgo).SetProperty(o => o.Reason, "x"), Stop), Stop);
            return prepared.Id;
        }
    }

    [Fact]
    public async Task Old_receipts_and_old_previews_are_forgotten_and_an_old_preview_can_not_be_run()
    {
        await PutTogetherAsync();
        await PlaceAsync(numbers: [.. Enumerable.Range(0, 2_100).Select(i => $"A-{i:D4}")]);
        var all = TargetSelection.All(new OrderFilter());
        var (stale, expired, fresh) = (await PrepareAsync(CancelOrders.ActionName, all), await PrepareAsync(CancelOrders.ActionName, "A-0001"), await PrepareAsync(CancelOrders.ActionName, "A-0001"));
        var (receipt, kept) = (await RunAsync(await PrepareAsync(CancelOrders.ActionName, "A-0002")), await RunAsync(await PrepareAsync(CancelOrders.ActionName, "A-0003")));
        var now = TimeProvider.System.GetUtcNow();
        await AgeAsync(stale, now.AddHours(-26));
        await AgeAsync(expired, now.AddHours(-24.5));
        await Engine.Database.WriteAsync(db => db.Operations.Where(o => o.Id == receipt.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.FinishedAt, now.AddDays(-91)), Stop), Stop);

        (await Engine.Get<OperationPruner>().PruneAsync(Stop)).ShouldBe(2);

        (await Engine.Database.ReadAsync(db => db.Operations.Select(o => o.Id).Order().ToListAsync(Stop))).ShouldBe([expired.Id, fresh.Id, kept.Id]);
        (await Engine.Database.ReadAsync(db => db.OperationItems.CountAsync(Stop))).ShouldBe(3);
        (await Should.ThrowAsync<OperationRefusedException>(() => Gate.RunAsync(expired.Id, "x", Somebody, Stop))).Code.ShouldBe("unknown_operation");

        Task AgeAsync(Operation prepared, DateTimeOffset at) => Engine.Database.WriteAsync(db =>
            db.Operations.Where(o => o.Id == prepared.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.PreparedAt, at), Stop), Stop);
    }
}
