using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Diagnostics;

public sealed class DriftOnSqlite() : DriftTests(StoreSet.Sqlite);

public sealed class DriftOnPostgresWithRedis() : DriftTests(StoreSet.PostgresWithRedis);

/// <summary>Queue and locks differ from the database: every difference is found, mended by one sweep, and nothing else is touched.</summary>
public abstract class DriftTests(StoreSet set) : ProvokedStates(set)
{
    private const int HowMany = 1_000, OnePerCent = HowMany / 100;
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(1);

    private DriftReader Reader => Engine.Get<DriftReader>();

    [Fact]
    public async Task One_per_cent_lost_one_per_cent_ghosts_and_leaked_locks_are_found_and_mended_by_one_sweep_and_nothing_else_is_touched()
    {
        await PutTogetherAsync(("Timeouts:Enabled", "false"));
        var numbers = Enumerable.Range(0, HowMany).Select(i => $"D{i:D5}").ToArray();
        await PlaceOldAsync(numbers);
        await ScheduleAsync(numbers);
        (await Reader.ReadAsync(Budget, Stop)).Total.ShouldBe(0);
        var lost = numbers.Where((_, i) => i % 100 == 7).ToArray();
        (await Inspector.RemoveAsync(lost, Stop)).Count.ShouldBe(OnePerCent);
        // Half of the ghosts are of cancelled orders, half of numbers that nobody placed.
        var cancelled = Enumerable.Range(0, OnePerCent / 2).Select(i => $"C{i:D5}").ToArray();
        await PlaceOldAsync(cancelled);
        foreach (var no in cancelled) await Shop.Cancel.CancelAsync(no, "x", Stop);
        string[] ghosts = [.. cancelled, .. Enumerable.Range(0, OnePerCent - cancelled.Length).Select(i => $"NOBODY-{i}")];
        var now = TimeProvider.System.GetUtcNow();
        await Queue.ScheduleAsync([.. ghosts.Select((no, i) => new ScheduledTimeout(no, now.AddMinutes(i * 3)))], Stop);
        var late = numbers[100];
        await Queue.ScheduleAsync([new(late, now.AddDays(1))], Stop);
        var leaked = IsRedis ? numbers.Skip(200).Take(100).ToArray() : [];
        foreach (var no in leaked) await Stores.Redis.Raw.SendAsync("SET", $"order_lock:{no}", "theirs");
        await Engine.StoreLocks.TryAcquireAsync([numbers[0]], TimeSpan.FromMinutes(5), "shop-1:1:here", Stop);
        var before = await EntriesAsync();

        var found = await Reader.ReadAsync(Budget, Stop);
        (found.IsWhole, found.Orders, found.Entries).ShouldBe((true, HowMany, HowMany));
        Names(found, DriftClass.Lost).ShouldBe(lost, ignoreOrder: true);
        Names(found, DriftClass.Ghost).ShouldBe(ghosts, ignoreOrder: true);
        Names(found, DriftClass.WrongDueTime).ShouldBe([late]);
        Names(found, DriftClass.LeakedLock).ShouldBe(leaked, ignoreOrder: true);
        found.Total.ShouldBe(2 * OnePerCent + 1 + leaked.Length);

        var swept = await Engine.Get<DriftSweep>().RunAsync("the sweep", Somebody, Stop);

        (swept.Found.Total, swept.Mended).ShouldBe((found.Total, (int)found.Total));
        swept.Operations.ShouldAllBe(o => o.State == OperationState.Finished && o.Refused == 0 && o.Failed == 0 && o.Reason == "the sweep");
        var after = await EntriesAsync();
        after.Keys.ShouldBe(numbers, ignoreOrder: true);
        foreach (var (no, at) in after) if (before.TryGetValue(no, out var was) && no != late) at.ShouldBe(was, no);
        var deadline = (await OrderAsync(late)).Order.ExpiresAt;
        (after[late] - deadline).Duration().ShouldBeLessThan(TimeSpan.FromMilliseconds(2));
        (await Engine.Get<ILockInspector>().CountAsync(Stop)).ShouldBe(1);
        (await Engine.Get<ILockInspector>().FindAsync(numbers[0], Stop)).ShouldNotBeNull().Renewals.ShouldBe(0);
        (await Reader.ReadAsync(Budget, Stop)).Total.ShouldBe(0);
        (await Engine.Get<DriftSweep>().RunAsync("again", Somebody, Stop)).Operations.ShouldBeEmpty();
        await WholeAsync();
    }

    [Fact]
    public async Task What_a_person_must_look_at_first_is_found_and_mended_only_when_asked()
    {
        await PutTogetherAsync(("Timeouts:Enabled", "false"));
        await PlaceOldAsync("DEAD", "STUCK", "BUSY", "FINE", "DONE");
        await BuryAsync("DEAD", "DONE");
        await Shop.Cancel.CancelAsync("DONE", "x", Stop);
        await Support.Shop.QueueAsync(Queue, ["STUCK"]);
        (await Queue.ClaimDueAsync(10, TimeSpan.FromMinutes(1), "shop-1:1:gone", Stop)).Claims.ShouldHaveSingleItem();
        await EndLeaseAsync("STUCK", TimeSpan.FromMinutes(5));
        await Support.Shop.QueueAsync(Queue, ["BUSY"]);
        (await Queue.ClaimDueAsync(10, TimeSpan.FromMinutes(1), "shop-1:2:here", Stop)).Claims.ShouldHaveSingleItem();
        await ScheduleAsync("FINE");
        await WriteMalformedAsync();

        var found = await Reader.ReadAsync(Budget, Stop);
        Names(found, DriftClass.DeadLetter).ShouldBe(["DEAD"]);
        Names(found, DriftClass.StuckClaim).ShouldBe(["STUCK"]);
        Names(found, DriftClass.Ghost).ShouldBe(["DONE"]);
        Names(found, DriftClass.Malformed).ShouldBe([IsRedis ? @"not \xff an\x0aorder" : "not an order"]);
        found.Total.ShouldBe(4);
        (await Engine.Get<DriftSweep>().RunAsync("the sweep", Somebody, Stop)).Mended.ShouldBe(1);

        foreach (var drift in new[] { DriftClass.DeadLetter, DriftClass.StuckClaim, DriftClass.Malformed })
        {
            var prepared = await PrepareAsync(DriftRepairs.ActionOf(drift)!, TargetSelection.All(drift));
            (prepared.Total, prepared.Left).ShouldBe((1, 1));
            (await RunAsync(prepared)).Done.ShouldBe(1, drift.ToString());
        }

        (await Reader.ReadAsync(Budget, Stop)).Total.ShouldBe(0);
        var left = await Inspector.FindAllAsync(["DEAD", "STUCK", "BUSY", "FINE", "DONE"], Stop);
        left.ToDictionary(e => e.OrderNo, e => e.State).ShouldBe(new Dictionary<string, QueueState>
        {
            ["DEAD"] = QueueState.Due, ["STUCK"] = QueueState.Due, ["BUSY"] = QueueState.Claimed, ["FINE"] = QueueState.Scheduled,
        });
    }

    [Fact]
    public async Task A_repair_looks_again_and_leaves_alone_what_fits_by_then()
    {
        await PutTogetherAsync(("Timeouts:Enabled", "false"));
        await PlaceOldAsync("LOST", "FOUND", "PAID", "FINE");
        await ScheduleAsync("FINE");
        var schedule = await PrepareAsync(ScheduleTimeouts.ActionName, "LOST", "FOUND", "PAID", "FINE", "NOBODY");
        (await OutcomesAsync(schedule)).Where(o => o.Value == "Allowed").Select(o => o.Key).ShouldBe(["LOST", "FOUND", "PAID"], ignoreOrder: true);
        await ScheduleAsync("FOUND");
        await PayAsync("PAID", "P-1");

        await RunAsync(schedule);
        (await OutcomesAsync(schedule)).ShouldBe(new Dictionary<string, string>
        {
            ["LOST"] = "Done", ["FOUND"] = RefusalCodes.InQueueAlready, ["PAID"] = RefusalCodes.NotPending, ["FINE"] = RefusalCodes.InQueueAlready, ["NOBODY"] = RefusalCodes.UnknownOrder,
        });

        await Queue.ScheduleAsync([new("GHOST", TimeProvider.System.GetUtcNow().AddHours(1)), new("LATER", TimeProvider.System.GetUtcNow().AddHours(1)), new("TAKEN", TimeProvider.System.GetUtcNow().AddMinutes(-1))], Stop);
        var remove = await PrepareAsync(RemoveEntries.ActionName, "GHOST", "LATER", "TAKEN", "LOST", "NOBODY");
        (await OutcomesAsync(remove)).Where(o => o.Value == "Allowed").Select(o => o.Key).ShouldBe(["GHOST", "LATER", "TAKEN"], ignoreOrder: true);
        await PlaceOldAsync("LATER");
        (await Queue.ClaimDueAsync(1, TimeSpan.FromMinutes(1), "test", Stop)).Claims.ShouldHaveSingleItem().OrderNo.ShouldBe("TAKEN");

        await RunAsync(remove);
        (await OutcomesAsync(remove)).ShouldBe(new Dictionary<string, string>
        {
            ["GHOST"] = "Done", ["LATER"] = RefusalCodes.StillPending, ["TAKEN"] = RefusalCodes.ClaimedNow, ["LOST"] = RefusalCodes.StillPending, ["NOBODY"] = RefusalCodes.NotInQueue,
        });
        (await Inspector.FindAsync("GHOST", Stop)).ShouldBeNull();
        (await Inspector.FindAsync("LATER", Stop)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_on_its_way_from_a_commit_to_the_queue_is_no_drift()
    {
        await PutTogetherAsync(("Timeouts:Enabled", "false"));
        await PlaceOldAsync("EXTENDED", "ENDED", "YOUNG");
        await ChangeAsync("YOUNG", order => order.SetProperty(o => o.CreatedAt, TimeProvider.System.GetUtcNow().AddMinutes(1)));
        await ScheduleAsync("EXTENDED", "ENDED");
        await Shop.Extend.ExtendAsync("EXTENDED", TimeSpan.FromHours(1), Stop);
        await Shop.Cancel.CancelAsync("ENDED", "x", Stop);

        var reading = Reader.ReadAsync(Budget, Stop);
        await Inspector.RemoveAsync(["ENDED"], Stop);
        await ScheduleAsync("EXTENDED");

        (await reading).Findings.Where(f => f.Count > 0).Select(f => $"{f.Class} {string.Join(' ', f.Rows.Select(r => r.Name))}").ShouldBeEmpty();
    }

    private async Task<Dictionary<string, DateTimeOffset>> EntriesAsync()
    {
        var entries = new Dictionary<string, DateTimeOffset>();
        await foreach (var page in Inspector.WalkInOrderAsync(QueueState.Scheduled, Stop)) foreach (var (name, at) in page) entries[name] = at;
        return entries;
    }

    private static IEnumerable<string> Names(DriftReport report, DriftClass drift) => report[drift].Rows.Select(row => row.Name);
}
