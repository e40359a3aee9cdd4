using OrderConsole.Core.Diagnostics;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Operations;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Diagnostics;

public sealed class ChecksOnSqlite() : ChecksTests(StoreSet.Sqlite);

public sealed class ChecksOnRedis() : ChecksTests(StoreSet.PostgresWithRedis);

/// <summary>Each check finds its cause, and finds nothing when it is cured.</summary>
public abstract class ChecksTests(StoreSet set) : DiagnosisTests(set)
{
    [Fact]
    public async Task What_is_wrong_with_consoles_orders_payments_and_stock_is_found_until_it_is_cured()
    {
        await OpenAsync();
        await PlaceAsync("SKU-1", "LATE-1", "BOTH-1");
        await Shop.Cancel.CancelAsync("BOTH-1", "test", Stop);
        await Shop.Cancel.CancelAsync("LATE-1", "test", Stop);
        await RedAndGreenAsync(
            new("paused", () => DoNowAsync(PauseProcessing.ActionName, PauseProcessing.Target), () => RemedyAsync("poller", "paused")),
            new("poller_stuck", () => NodeAsync("stuck", 0, 60), () => ForgetNodeAsync("stuck")),
            new("node_silent", () => NodeAsync("silent", 60, 60), () => ForgetNodeAsync("silent")),
            new("contention_high", () => LockNumbersAsync(new() { Day = Today, Node = "unlucky", Attempts = 2_000, Lost = 1_000, Cancelled = 10 }), ForgetLockNumbersAsync),
            new("lock_cycles", () => Engine.Get<LockCycles>().KeepAsync([new("w", "one", DateTimeOffset.UnixEpoch, "A-1", "A-2"), new("v", "two", DateTimeOffset.UnixEpoch, "A-2", "A-1")], Stop), () => SqlAsync("DELETE FROM lock_cycles")),
            new("near_misses", () => LockNumbersAsync(new() { Day = Today, Node = "slow", Attempts = 1_000, Cancelled = 1_000, Commits = 1_000, NearMisses = 100 }), ForgetLockNumbersAsync),
            new("late_commits", () => LockNumbersAsync(new() { Day = Today, Node = "late", Attempts = 1, LateRefused = 1 }), ForgetLockNumbersAsync),
            new("backlog_slow", async () =>
            {
                await PlaceAsync("SKU-1", "DUE-1");
                await Shop.MakeOverdueAsync();
                await SqlAsync("UPDATE orders SET expires_at = expires_at - 3600000 WHERE no = 'DUE-1'");
                await Shop.QueueAsync(Queue, ["DUE-1"]);
                await NodeAsync("slow", 0, 0, drain: 0.001);
            }, () => ForgetNodeAsync("slow")),
            new("overdue_late", () => Task.CompletedTask, () => RemedyAsync("oldest_overdue", "overdue_late")),
            new("payments_undecided", () => PayAsync("LATE-1", "P-LATE-1"), () => DoNowAsync(RefundPayments.ActionName, "P-LATE-1", new() { Reference = "R-1" })),
            new("paid_and_cancelled", () => SqlAsync("UPDATE orders SET paid_at = 1 WHERE no = 'BOTH-1'"), () => SqlAsync("UPDATE orders SET paid_at = NULL WHERE no = 'BOTH-1'")),
            new("stock_differs", () => SqlAsync("UPDATE stock SET available = available + 1"), () => SqlAsync("UPDATE stock SET available = available - 1")),
            new("disk_low", () => LeastFreeDiskAsync(1), () => LeastFreeDiskAsync(0)),
            new("schema_newer", () => SqlAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29991231000000_Later', '99')"), () => SqlAsync("DELETE FROM \"__EFMigrationsHistory\" WHERE \"ProductVersion\" = '99'")),
            new("schema_old", () => SqlAsync("UPDATE \"__EFMigrationsHistory\" SET \"ProductVersion\" = '77', \"MigrationId\" = 'x' || \"MigrationId\" WHERE \"MigrationId\" LIKE '%Initial'"),
                () => SqlAsync("UPDATE \"__EFMigrationsHistory\" SET \"ProductVersion\" = '10', \"MigrationId\" = substr(\"MigrationId\", 2) WHERE \"ProductVersion\" = '77'")));
    }

    [Fact]
    public async Task What_does_not_fit_between_queue_and_orders_is_found_and_mended_by_the_buttons()
    {
        (string Check, string Code)[] drifts =
        [
            ("claims", "stuck_claims"), ("dead_letters", "dead_letters"), ("ghosts", "ghost_entries"), ("malformed", "malformed_entries"), ("due_times", "wrong_due_times"), ("lost", "lost_orders"),
        ];
        await OpenAsync();
        await PlaceAsync("SKU-1", "LOST-1", "LOST-2", "DEAD-1", "STUCK-1", "OTHER-1");
        // As if they had been placed a minute ago: what is younger may still be on its way to the queue.
        await SqlAsync("UPDATE orders SET created_at = created_at - 60000");
        await BuryAsync("DEAD-1");
        await Shop.QueueAsync(Queue, ["STUCK-1"]);
        (await Queue.ClaimDueAsync(1, TimeSpan.FromSeconds(3), "gone", Stop)).Claims.Count.ShouldBe(1);
        await ClaimEndedLongAgoAsync();
        await ScheduleAsync("NOBODY-1", TimeSpan.FromHours(1));
        await ScheduleAsync("no order at all!", TimeSpan.FromHours(2));
        await ScheduleAsync("OTHER-1", TimeSpan.FromDays(1));
        await BeatAsync();

        var red = await Runner.RunAsync(DiagnosisTrigger.Api, Stop);
        drifts.Select(d => d.Code).Except(red.Findings.Select(f => f.Code)).ShouldBeEmpty();
        red.Findings.Single(f => f.Code == "lost_orders").Examples.Order().ShouldBe(["LOST-1", "LOST-2"]);
        foreach (var (_, code) in drifts)
        {
            var remedy = red.Findings.Single(f => f.Code == code).Remedy.ShouldNotBeNull();
            (await RunAsync(await PrepareAsync(remedy.Action, remedy.Targets))).Done.ShouldBeGreaterThan(0, code);
        }

        var green = await Runner.RunAsync(DiagnosisTrigger.Api, Stop);
        green.Findings.Select(f => f.Code).Intersect(drifts.Select(d => d.Code)).ShouldBeEmpty();
        green.Gone.Select(g => g.Code).ShouldBe(drifts.Select(d => d.Code), ignoreOrder: true);
    }

    [Fact]
    public async Task Locks_that_nobody_will_release_are_found_until_they_are_gone()
    {
        await OpenAsync();
        await BeatAsync();
        await PlaceAsync("SKU-1", "DONE-1");
        await Shop.Cancel.CancelAsync("DONE-1", "test", Stop);
        var locks = Engine.StoreLocks;
        LockResult orphaned = null!, longHeld = null!;
        await RedAndGreenAsync("lock_holders", new("orphaned_locks",
            async () => orphaned = await locks.TryAcquireAsync(["O-1"], TimeSpan.FromMinutes(1), "dead", Stop), () => locks.ReleaseAsync(orphaned.Acquired, Stop)));
        if (Stores.RedisOrNull is { } redis)
        {
            await RedAndGreenAsync("leaked_locks", new("leaked_locks", () => redis.Raw.SendAsync("SET", "order_lock:LEAK-1", "another program"), () => RemedyAsync("leaked_locks", "leaked_locks")));
            return;
        }
        await RedAndGreenAsync("lock_holders", new("long_locks",
            () => HoldAsync("LONG-1"), () => locks.ReleaseAsync(longHeld.Acquired, Stop)));
        await RedAndGreenAsync("final_locks", new("final_locks", () => HoldAsync("DONE-1"), () => locks.ReleaseAsync(longHeld.Acquired, Stop)));

        async Task HoldAsync(string no)
        {
            longHeld = await locks.TryAcquireAsync([no], TimeSpan.FromMinutes(9), "working", Stop);
            await SqlAsync($"UPDATE order_locks SET acquired_at = acquired_at - 300000 WHERE order_no = '{no}'");
        }
    }

    [Fact]
    public async Task Nobody_at_work_is_critical()
    {
        await OpenAsync();
        await BeatAsync();
        await RedAndGreenAsync("poller", new("nobody_polls", () => ForgetNodeAsync("working"), BeatAsync));
    }

    [Fact]
    public async Task More_than_can_be_worked_off_in_the_next_hours_is_told_before_it_is_due()
    {
        await OpenAsync();
        var now = await Engine.Database.NowAsync(Stop);
        await Queue.ScheduleAsync([.. Enumerable.Range(0, 500).Select(i => new Core.Queue.ScheduledTimeout($"AHEAD-{i}", now.AddMinutes(30)))], Stop);
        await NodeAsync("working", 0, 0, drain: 100);
        await RedAndGreenAsync("backlog", new("backlog_ahead", () => NodeAsync("working", 0, 0, drain: 1), () => NodeAsync("working", 0, 0, drain: 100)));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public async Task A_console_whose_clock_is_wrong_is_named_whichever_way(double seconds)
    {
        await OpenAsync();
        await BeatAsync();
        await RedAndGreenAsync("clock_skew", new("clock_differs", () => NodeAsync("wrong", 0, 0, clockAhead: seconds), () => ForgetNodeAsync("wrong")));
        await NodeAsync("wrong", 0, 0, clockAhead: seconds);
        var found = (await LookAsync("clock_skew")).ShouldHaveSingleItem();
        (found.Subject, found.Severity).ShouldBe(("wrong", Severity.Critical));
        (await Runner.RunCheckAsync("clock_skew", null, Stop)).Run.Facts.Select(f => f.Name).ShouldContain("clock_node");
    }

    private Task ClaimEndedLongAgoAsync() => Stores.RedisOrNull is { } redis
        ? redis.Raw.SendAsync("ZADD", "{order_timeouts}:claimed", "1700000000", "STUCK-1")
        : SqlAsync("UPDATE order_timeouts SET at = at - 600000 WHERE order_no = 'STUCK-1'");

    private static int Today => (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 86_400);

    private Task<int> LockNumbersAsync(LockNumbersRow row) => Engine.Database.WriteAsync(db =>
    {
        db.Add(row);
        return db.SaveChangesAsync(Stop);
    }, Stop);

    private Task ForgetLockNumbersAsync() => SqlAsync("DELETE FROM lock_numbers");

    private Task LeastFreeDiskAsync(double share)
    {
        Options<DiagnosisOptions>().LeastFreeDisk = share;
        return Task.CompletedTask;
    }
}
