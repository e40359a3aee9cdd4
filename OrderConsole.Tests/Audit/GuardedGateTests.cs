using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Tests.Operations;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Audit;

public sealed class GuardedGateOnSqlite() : GuardedGateTests(StoreSet.Sqlite);

public sealed class GuardedGateOnPostgres() : GuardedGateTests(StoreSet.Postgres);

/// <summary>Who may not is denied inside the gate and written down; what is done is written down with it; what takes two waits.</summary>
public abstract class GuardedGateTests(StoreSet set) : OperationTests(set)
{
    private OperationApprovals Approvals => Engine.Get<OperationApprovals>();

    private Task<List<AuditRow>> AuditAsync() => Engine.Database.ReadAsync(db => db.Audit.OrderBy(r => r.Seq).ToListAsync(Stop));

    private async Task WholeAuditAsync() => (await Engine.Get<AuditVerifier>().VerifyAsync(Stop)).IsWhole.ShouldBeTrue();

    private static async Task<string> CodeOfAsync(Func<Task> call) => (await Should.ThrowAsync<OperationRefusedException>(call)).Code;

    [Fact]
    public async Task Every_action_is_denied_to_a_viewer_and_written_down_and_nothing_is_done()
    {
        await PutTogetherAsync();
        var viewer = await People.SignInAsync(Engine.Database, "vera", Roles.Viewer);
        var actions = Engine.Get<IEnumerable<OperatorAction>>().ToList();
        actions.Count.ShouldBe(typeof(OperatorAction).Assembly.GetTypes().Count(t => t.IsSubclassOf(typeof(OperatorAction)) && !t.IsAbstract), "all are looked at");
        foreach (var action in actions)
        {
            Permissions.All.ShouldContain(action.Permission, action.Name);
            (await CodeOfAsync(() => Gate.PrepareAsync(action.Name, TargetSelection.Of("X"), OperationParameters.None, viewer, Stop))).ShouldBe("forbidden", action.Name);
            (await CodeOfAsync(() => Gate.DoNowAsync(action.Name, "X", OperationParameters.None, "because", viewer, Stop))).ShouldBe("forbidden", action.Name);
        }
        await PlaceAsync(numbers: ["A"]);
        var prepared = await PrepareAsync(CancelOrders.ActionName, "A");
        (await CodeOfAsync(() => Gate.RunAsync(prepared.Id, "because", viewer, Stop))).ShouldBe("forbidden");
        (await CodeOfAsync(() => Approvals.ApproveAsync(prepared.Id, "because", viewer, Stop))).ShouldBe("forbidden");

        var rows = await AuditAsync();
        rows.Count.ShouldBe(actions.Count * 2 + 2);
        rows.ShouldAllBe(r => r.Who == "vera" && r.Outcome == AuditOutcome.Denied && r.Code == "forbidden" && r.Credential != null && r.Address == "127.0.0.1");
        (await OrderAsync("A")).Order.Status.ShouldBe(OrderStatus.Pending);
        await WholeAuditAsync();
    }

    [Fact]
    public async Task A_user_disabled_a_second_ago_can_not_go_on_and_a_read_only_console_writes_its_refusals_down()
    {
        await PutTogetherAsync();
        await PlaceAsync(numbers: ["A"]);
        var ann = await People.SignInAsync(Engine.Database, "ann", Roles.Operator);
        var prepared = await Gate.PrepareAsync(CancelOrders.ActionName, TargetSelection.Of("A"), OperationParameters.None, ann, Stop);
        await Engine.Database.WriteAsync(db => db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.Enabled, false), Stop), Stop);

        (await CodeOfAsync(() => Gate.RunAsync(prepared.Id, "because", ann, Stop))).ShouldBe("forbidden");
        await using var shows = await Engine.CreateAsync(Stores.Settings(("Operations:ReadOnly", "true")));
        (await CodeOfAsync(() => shows.Get<OperationGate>().RunAsync(prepared.Id, "because", ann, Stop))).ShouldBe("read_only");

        (await OrderAsync("A")).Order.Status.ShouldBe(OrderStatus.Pending);
        (await AuditAsync()).Select(r => r.Code).ShouldBe(["forbidden", "read_only"]);
    }

    [Fact]
    public async Task What_is_done_stands_there_with_who_what_before_and_after_and_what_fails_leaves_no_false_row()
    {
        await PutTogetherAsync();
        await PlaceAsync(numbers: ["A", "B", "BAD"]);
        await PoisonAsync("BAD");
        var ann = await People.SignInAsync(Engine.Database, "ann", Roles.Operator);
        var prepared = await Gate.PrepareAsync(CancelOrders.ActionName, TargetSelection.Of("A", "B", "BAD"), OperationParameters.None, ann, Stop);

        await Gate.RunToEndAsync(prepared.Id, "closing", ann, Stop);

        var rows = await AuditAsync();
        (rows[0].Outcome, rows[^1].Outcome, rows[^1].After).ShouldBe((AuditOutcome.Started, AuditOutcome.Finished, "done 2, refused 0, failed 1"));
        var done = rows.Single(r => r.Target == "A");
        (done.Who, done.Role, done.Action, done.Before, done.After, done.Reason, done.Outcome, done.OperationId)
            .ShouldBe(("ann", "operator", "cancel_orders", "pending", "cancelled", "closing", AuditOutcome.Done, prepared.Id));
        rows.Single(r => r.Target == "BAD").Outcome.ShouldBe(AuditOutcome.Failed);
        rows.Count.ShouldBe(5, "one row a target, whatever was tried again");
        await WholeAuditAsync();
    }

    [Fact]
    public async Task More_than_a_few_wait_for_a_second_person_who_is_not_the_first_and_one_of_two_decides()
    {
        await PutTogetherAsync(("Operations:SecondPersonAbove", "2"));
        await PlaceAsync(numbers: ["A", "B", "C", "LATER"]);
        var (ann, ben, cem) = (await People.SignInAsync(Engine.Database, "ann", Roles.Operator), await People.SignInAsync(Engine.Database, "ben", Roles.Operator), await People.SignInAsync(Engine.Database, "cem", Roles.Admin));
        var two = await Gate.PrepareAsync(CancelOrders.ActionName, TargetSelection.Of("A", "LATER"), OperationParameters.None, ann, Stop);
        var three = await Gate.PrepareAsync(CancelOrders.ActionName, TargetSelection.Of("A", "B", "C"), OperationParameters.None, ann, Stop);

        (await Gate.RunAsync(three.Id, "closing", ann, Stop)).State.ShouldBe(OperationState.Waiting);
        (await OrderAsync("A")).Order.Status.ShouldBe(OrderStatus.Pending);
        (await CodeOfAsync(() => Approvals.ApproveAsync(three.Id, "my own", ann, Stop))).ShouldBe("own_operation");
        var decisions = await Task.WhenAll(new[] { ben, cem }.Select(second => Record.ExceptionAsync(() => Approvals.ApproveAsync(three.Id, "looks right", second, Stop)).AsTask()));
        decisions.Count(e => e is null).ShouldBe(1, "one of two decides");
        decisions.OfType<OperationRefusedException>().ShouldHaveSingleItem().Code.ShouldBe("not_waiting");

        await Eventually.HoldsAsync(async () => await Operations.FindAsync(three.Id, Stop) is { State: OperationState.Finished, Done: 3 }, "it is done", Patience);
        (await OrderAsync("LATER")).Order.Status.ShouldBe(OrderStatus.Pending);
        (await AuditAsync()).Select(r => r.Outcome).Where(o => o is not (AuditOutcome.Done or AuditOutcome.Finished))
            .ShouldBe([AuditOutcome.Asked, AuditOutcome.Denied, AuditOutcome.Approved]);
        (await Gate.RunToEndAsync(two.Id, "closing", ann, Stop)).State.ShouldBe(OperationState.Finished, "two are not too many");
        await WholeAuditAsync();
    }

    [Fact]
    public async Task What_is_rejected_expired_or_asked_by_somebody_disabled_is_never_done_and_the_console_itself_waits_for_nobody()
    {
        await PutTogetherAsync(("Operations:SecondPersonAbove", "1"));
        await PlaceAsync(numbers: ["A", "B"]);
        var (ann, ben) = (await People.SignInAsync(Engine.Database, "ann", Roles.Operator), await People.SignInAsync(Engine.Database, "ben", Roles.Operator));
        async Task<long> AskAsync() => (await Gate.RunAsync((await Gate.PrepareAsync(CancelOrders.ActionName, TargetSelection.Of("A", "B"), OperationParameters.None, ann, Stop)).Id, "closing", ann, Stop)).Id;
        var (rejected, expired, left) = (await AskAsync(), await AskAsync(), await AskAsync());

        (await Approvals.RejectAsync(rejected, "no", ben, Stop)).State.ShouldBe(OperationState.Rejected);
        var longAgo = TimeProvider.System.GetUtcNow().AddHours(-9);
        await Engine.Database.WriteAsync(db => db.Operations.Where(o => o.Id == expired).ExecuteUpdateAsync(set => set.SetProperty(o => o.AskedAt, longAgo), Stop), Stop);
        (await CodeOfAsync(() => Approvals.ApproveAsync(expired, "late", ben, Stop))).ShouldBe("not_waiting");
        await Engine.Get<OperationRunner>().ExpireAsync(Stop);
        (await Operations.FindAsync(expired, Stop))!.State.ShouldBe(OperationState.Expired);
        await Engine.Database.WriteAsync(db => db.Users.Where(u => u.UserName == "ann").ExecuteUpdateAsync(set => set.SetProperty(u => u.Enabled, false), Stop), Stop);
        (await CodeOfAsync(() => Approvals.ApproveAsync(left, "ok", ben, Stop))).ShouldBe("asker_not_allowed");

        (await Engine.Database.ReadAsync(db => db.Orders.CountAsync(o => o.Status == OrderStatus.Pending, Stop))).ShouldBe(2);
        (await RunAsync(await PrepareAsync(CancelOrders.ActionName, "A", "B"))).Done.ShouldBe(2, "the console itself");
        await WholeAuditAsync();
    }

    [Fact]
    public async Task A_decision_about_money_waits_for_a_second_person_also_by_one_call_and_a_key_is_whoever_made_it()
    {
        await PutTogetherAsync(("Operations:SecondPersonOnPaidOrders", "true"));
        await PaidLateAsync(numbers: ["A"]);
        var (ann, ben) = (await People.SignInAsync(Engine.Database, "ann", Roles.Operator), await People.SignInAsync(Engine.Database, "ben", Roles.Operator));
        var key = new ApiKey { Name = "script", Prefix = "oc_x", Hash = new string('0', 64), Scopes = "approve decide_payment", CreatedBy = "ann", CreatedAt = TimeProvider.System.GetUtcNow() };
        await Engine.Database.WriteAsync(async db => { db.Add(key); return await db.SaveChangesAsync(Stop); }, Stop);
        var script = new Operator("script", Operator.Api) { KeyId = key.Id };

        (await CodeOfAsync(() => Gate.DoNowAsync(RefundPayments.ActionName, "P-A", new OperationParameters { Reference = "R-1" }, "because", ann, Stop))).ShouldBe("approval_needed");

        var waiting = (await Operations.PageAsync("P-A", 1, 10, Stop)).Items.ShouldHaveSingleItem();
        (waiting.State, waiting.TouchesPaidOrders).ShouldBe((OperationState.Waiting, true));
        (await CodeOfAsync(() => Approvals.ApproveAsync(waiting.Id, "by my key", script, Stop))).ShouldBe("own_operation");
        await Approvals.ApproveAsync(waiting.Id, "fine", ben, Stop);
        await Eventually.HoldsAsync(async () => await Operations.FindAsync(waiting.Id, Stop) is { State: OperationState.Finished, Done: 1, DecidedBy: "ben" }, "it is refunded", Patience);
    }
}
