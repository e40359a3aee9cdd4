using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Diagnostics.WhyStillHere;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Diagnostics;

public sealed class WhyReaderOnSqlite() : WhyReaderTests(StoreSet.Sqlite);

public sealed class WhyReaderOnPostgresWithRedis() : WhyReaderTests(StoreSet.PostgresWithRedis);

/// <summary>Real stores are brought into each state that docs/why.md tells, and asked.</summary>
public abstract class WhyReaderTests(StoreSet set) : ProvokedStates(set)
{
    private const string Alive = "shop-1:1:here", Silent = "shop-2:2:gone";
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private readonly HashSet<Verdict> _seen = [];

    [Fact]
    public async Task Every_state_has_its_answer()
    {
        await PutTogetherAsync(("Timeouts:Enabled", "false"));
        await FinalOnesAsync();
        await InTheQueueAsync();
        await ClaimedOnesAsync();
        await OverdueOnesAsync();
        if (IsRedis) await ForeignLocksAsync();
        await AwayStoresAsync();

        var untold = Enum.GetValues<Verdict>().Except(_seen);
        untold.ShouldBe(IsRedis ? [] : [Verdict.QueueAway, Verdict.LocksAway, Verdict.LockLeaked, Verdict.LockForeign], ignoreOrder: true);
    }

    private async Task FinalOnesAsync()
    {
        await SaysAsync("no number", Verdict.NoNumber);
        await SaysAsync("NOBODY", Verdict.Unknown);
        await Queue.ScheduleAsync([new("GHOST", Now.AddHours(1))], Stop);
        await SaysAsync("GHOST", Verdict.UnknownQueued, action: "remove_entries");
        await PlaceOldAsync("PAID", "PAID-Q", "PAID-2", "GONE", "GONE-Q", "GONE-2");
        await ScheduleAsync("PAID-Q", "GONE-Q");
        foreach (var no in new[] { "PAID", "PAID-Q", "PAID-2" }) await PayAsync(no, "P-" + no);
        foreach (var no in new[] { "GONE", "GONE-Q", "GONE-2" }) await Shop.Cancel.CancelAsync(no, "x", Stop);
        (await PayAsync("PAID-2", "P-again")).ShouldBe(PaymentOutcome.Duplicate);
        (await PayAsync("GONE-2", "P-late")).ShouldBe(PaymentOutcome.Late);
        await SaysAsync("PAID", Verdict.Paid);
        await SaysAsync("PAID-Q", Verdict.PaidQueued, action: "remove_entries");
        await SaysAsync("PAID-2", Verdict.PaidUndecided);
        await SaysAsync("GONE", Verdict.Cancelled);
        await SaysAsync("GONE-Q", Verdict.CancelledQueued, action: "remove_entries");
        await SaysAsync("GONE-2", Verdict.CancelledUndecided);
    }

    private async Task InTheQueueAsync()
    {
        await PlaceOldAsync("YOUNG", "LOST", "DEAD", "LATE", "WAITS");
        await ChangeAsync("YOUNG", order => order.SetProperty(o => o.CreatedAt, Now.AddMinutes(1)));
        await BuryAsync("DEAD");
        await Queue.ScheduleAsync([new("LATE", Now.AddDays(1))], Stop);
        await ScheduleAsync("WAITS");
        await SaysAsync("YOUNG", Verdict.OnItsWay);
        await SaysAsync("LOST", Verdict.Lost, action: "schedule_timeouts");
        await SaysAsync("DEAD", Verdict.Dead, action: "requeue_timeouts");
        await SaysAsync("LATE", Verdict.WrongTime, action: "schedule_timeouts");
        await SaysAsync("WAITS", Verdict.NotDue);
    }

    private async Task ClaimedOnesAsync()
    {
        await PlaceOldAsync("STUCK", "OVER", "SILENT", "BUSY");
        await BeatAsync();
        foreach (var (no, owner) in new[] { ("STUCK", Silent), ("OVER", Silent), ("SILENT", Silent), ("BUSY", Alive) })
        {
            await Support.Shop.QueueAsync(Queue, [no]);
            (await Queue.ClaimDueAsync(1, Lease, owner, Stop)).Claims.ShouldHaveSingleItem().OrderNo.ShouldBe(no);
        }
        await EndLeaseAsync("STUCK", TimeSpan.FromMinutes(5));
        await EndLeaseAsync("OVER", TimeSpan.FromSeconds(3));
        await SaysAsync("STUCK", Verdict.StuckClaim, action: "requeue_timeouts");
        await SaysAsync("OVER", Verdict.ClaimOver);
        await SaysAsync("SILENT", Verdict.ClaimedBySilent);
        await SaysAsync("BUSY", Verdict.BeingCancelled);
    }

    private async Task OverdueOnesAsync()
    {
        await PlaceOldAsync("LINE", "AGAIN", "HELD", "HELD-S");
        foreach (var no in new[] { "LINE", "AGAIN", "HELD", "HELD-S" }) await ChangeAsync(no, order => order.SetProperty(o => o.ExpiresAt, Now.AddMinutes(-5)));
        await ScheduleAsync("AGAIN");
        var claim = (await Queue.ClaimDueAsync(1, Lease, Alive, Stop)).Claims.ShouldHaveSingleItem();
        await Queue.ReleaseAsync([ClaimRelease.RetryAfterFailure(claim, TimeSpan.FromHours(1), "failed", "boom")], Stop);
        await ScheduleAsync("LINE", "HELD", "HELD-S");
        var locks = Engine.StoreLocks;
        await locks.TryAcquireAsync(["HELD"], Lease, Alive, Stop);
        await locks.TryAcquireAsync(["HELD-S"], Lease, Silent, Stop);

        await SaysAsync("LINE", Verdict.InLine);
        await SaysAsync("AGAIN", Verdict.Retrying, action: "requeue_timeouts");
        await SaysAsync("HELD", Verdict.LockHeld);
        await SaysAsync("HELD-S", Verdict.LockBySilent);
        await WriteAsync(db => db.Add(new ProcessingPause { At = Now, By = "somebody", Reason = "stocktaking" }));
        (await SaysAsync("LINE", Verdict.Paused, action: "resume_processing")).ActionTarget.ShouldBe("processing");
        await Engine.Database.WriteAsync(db => db.ProcessingPauses.ExecuteDeleteAsync(Stop), Stop);
        await Engine.Database.WriteAsync(db => db.Nodes.ExecuteUpdateAsync(u => u.SetProperty(n => n.PolledAt, (DateTimeOffset?)null), Stop), Stop);
        await SaysAsync("LINE", Verdict.NobodyProcesses);
        await Engine.Database.WriteAsync(db => db.Nodes.ExecuteDeleteAsync(Stop), Stop);
        await BeatAsync();
    }

    private async Task ForeignLocksAsync()
    {
        await Stores.Redis.Raw.SendAsync("SET", "order_lock:LINE", "billing", "PX", "600000");
        await SaysAsync("LINE", Verdict.LockForeign);
        await Stores.Redis.Raw.SendAsync("SET", "order_lock:LINE", "billing");
        await SaysAsync("LINE", Verdict.LockLeaked, action: "unlock_orders");
    }

    private async Task AwayStoresAsync()
    {
        var nobody = new OrderDatabase(DatabaseProvider.Postgres, "Host=127.0.0.1;Port=1;Username=nobody;Timeout=1", TimeProvider.System);
        var blind = new WhyReader(new OrderQueries(nobody), Inspector, Engine.Get<ILockInspector>(), new ClusterTotals(nobody), TimeProvider.System);
        var answer = await blind.ReadAsync("WAITS", Stop);
        (answer.Verdict, string.Join(' ', answer.AwayStores)).ShouldBe((Verdict.OrdersAway, "PostgreSQL"));
        answer.Entry.ShouldNotBeNull().State.ShouldBe(QueueState.Scheduled);
        _seen.Add(answer.Verdict);
        if (!IsRedis) return;

        Stores.Redis.Kill();
        (await SaysAsync("WAITS", Verdict.QueueAway)).AwayStores.ShouldBe(["Redis"]);
        var database = new Core.Queue.Database.DatabaseQueueInspector(Engine.Database, TimeProvider.System);
        await new Core.Queue.Database.DatabaseTimeoutQueue(Engine.Database, TimeProvider.System).ScheduleAsync([new("LINE", (await OrderAsync("LINE")).Order.ExpiresAt)], Stop);
        var half = await new WhyReader(Orders, database, Engine.Get<ILockInspector>(), Engine.Get<ClusterTotals>(), TimeProvider.System).ReadAsync("LINE", Stop);
        half.Verdict.ShouldBe(Verdict.LocksAway);
        _seen.Add(half.Verdict);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task<WhyAnswer> SaysAsync(string no, Verdict verdict, string? action = null)
    {
        var answer = await Engine.Get<WhyReader>().ReadAsync(no, Stop);
        answer.Verdict.ShouldBe(verdict, answer.Situation.ToString());
        answer.Action.ShouldBe(action);
        _seen.Add(verdict);
        return answer;
    }

    /// <summary>A console that is alive and works; its sign of life stays fresh for as long as the test takes.</summary>
    private Task<int> BeatAsync() => WriteAsync(db => db.Add(new NodeRow { Name = Alive, StartedAt = Now, SeenAt = Now.AddHours(1), PolledAt = Now.AddHours(1) }));

    private Task<int> WriteAsync(Action<OrdersDb> add) => Engine.Database.WriteAsync(db =>
    {
        add(db);
        return db.SaveChangesAsync(Stop);
    }, Stop);
}
