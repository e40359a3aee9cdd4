using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderConsole.Core.Data;
using OrderConsole.Core.Diagnostics;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Diagnostics;

/// <summary>Diagnoses under a clock that the test sets: one that runs ten thousand times as fast stands for a system that is so much greater.</summary>
public sealed class HastyClockTests
{
    // Twice that is more than the part of the ledger that may grow while it is added up.
    private const int Movements = 160_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_only_seen_in_part_or_slowly_says_so_and_with_time_it_is_whole()
    {
        await using var stores = await StoreSetup.CreateAsync(StoreSet.Sqlite);
        var clock = new HastyClock();
        await using var engine = await Engine.CreateAsync(stores.Settings(("Diagnosis:CheckTimeout", "00:01:00")), services => services.AddSingleton<TimeProvider>(clock));
        await new Shop(engine.Database).Stock.SetAsync("SKU-1", 100, Stop);
        // One is reserved and given back, over and over.
        await engine.Database.WriteAsync(async db =>
        {
            await using var command = db.Command($"""
                UPDATE stock_ledger SET at = 0;
                INSERT INTO stock_ledger (order_id, sku, reason, quantity, at)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Movements}) SELECT NULL, 'SKU-1', 1 + 2 * (i % 2), 1, 0 FROM n
                """);
            return await command.ExecuteNonQueryAsync(Stop);
        }, Stop);
        // With one page of a single lock the time is over as well.
        await engine.StoreLocks.TryAcquireAsync(["LOCK-1"], TimeSpan.FromMinutes(9), "working", Stop);
        (string Check, string Code)[] hasty = [("lost", "compared_partly"), ("lock_holders", "locks_partly"), ("stock_ledger", "ledger_partly"), ("database_latency", "database_slow")];

        clock.Times = 10_000;
        foreach (var (check, code) in hasty) (await FindingsAsync(engine, check)).ShouldContain(f => f.Code == code);
        clock.Times = 1;
        foreach (var (check, code) in hasty)
            await Eventually.HoldsAsync(async () => (await FindingsAsync(engine, check)).All(f => f.Code != code), $"no {code}", TimeSpan.FromSeconds(30));
        (await FindingsAsync(engine, "stock_ledger")).ShouldBeEmpty("all of it was added up, and it fits");

        clock.Times = 10_000;
        await using (var later = await Engine.CreateAsync(stores.Settings(), services => services.AddSingleton<TimeProvider>(clock)))
            (await FindingsAsync(later, "stock_ledger")).ShouldBeEmpty("a console that starts later goes on where this one is");

        clock.Times = 1;
        await engine.Database.WriteAsync(db => db.Stock.ExecuteUpdateAsync(s => s.SetProperty(row => row.Sold, row => row.Sold + 1), Stop), Stop);
        (await FindingsAsync(engine, "stock_ledger")).ShouldHaveSingleItem().Code.ShouldBe("stock_differs");
        clock.Times = 10_000;
        (await FindingsAsync(engine, "stock_ledger")).Select(f => f.Code).ShouldBe(["stock_differs", "ledger_partly"], "what was found stands until all of it is added up again");
    }

    [Fact]
    public async Task What_was_only_seen_in_part_is_neither_gone_nor_better()
    {
        await using var stores = await StoreSetup.CreateAsync(StoreSet.Sqlite);
        var clock = new HastyClock();
        await using var engine = await Engine.CreateAsync(stores.Settings(("Diagnosis:CheckTimeout", "00:01:00")), services => services.AddSingleton<TimeProvider>(clock));
        var now = clock.GetUtcNow();
        await engine.Get<ITimeoutQueue>().ScheduleAsync([.. Enumerable.Range(0, 20_000).Select(i => new ScheduledTimeout($"GHOST-{i}", now.AddHours(1).AddMilliseconds(i)))], Stop);
        var whole = await engine.Get<DiagnosisRunner>().RunAsync(DiagnosisTrigger.Api, Stop);
        whole.Findings.Single(f => f.Code == "ghost_entries").Amount.ShouldBe(20_000);

        clock.Times = 10_000;
        var partly = await engine.Get<DiagnosisRunner>().RunAsync(DiagnosisTrigger.Api, Stop);
        partly.Findings.ShouldContain(f => f.Code == "compared_partly");
        partly.Gone.ShouldNotContain(g => g.Code == "ghost_entries");
        if (partly.Findings.SingleOrDefault(f => f.Code == "ghost_entries") is { } fewer) (fewer.Amount < 20_000, fewer.Change).ShouldBe((true, FindingChange.Same));

        clock.Times = 1;
        await engine.Database.WriteAsync(db => db.OrderTimeouts.ExecuteDeleteAsync(Stop), Stop);
        var cured = await engine.Get<DiagnosisRunner>().RunAsync(DiagnosisTrigger.Api, Stop);
        cured.Findings.ShouldNotContain(f => f.Code == "ghost_entries");
    }

    [Fact]
    public async Task Warnings_about_locks_in_this_consoles_log_are_told_for_an_hour()
    {
        await using var stores = await StoreSetup.CreateAsync(StoreSet.Sqlite);
        var clock = new HastyClock();
        await using var engine = await Engine.CreateAsync(stores.Settings(), services => services.AddSingleton<TimeProvider>(clock));
        (await FindingsAsync(engine, "lock_log")).ShouldBeEmpty();
        engine.Get<ILoggerFactory>().CreateLogger("OrderConsole.Core.Locks.Any").LogWarning("The lock of {OrderNo} was lost", "A-1");

        var found = (await FindingsAsync(engine, "lock_log")).ShouldHaveSingleItem();
        (found.Code, found.Examples.Single()).ShouldBe(("lock_warnings", "1× The lock of A-1 was lost"));
        clock.Ahead = TimeSpan.FromMinutes(61);
        (await FindingsAsync(engine, "lock_log")).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<Finding>> FindingsAsync(Engine engine, string check) => (await engine.Get<DiagnosisRunner>().RunCheckAsync(check, null, Stop)).Findings;

    private sealed class HastyClock : TimeProvider
    {
        public long Times { get; set; } = 1;
        public TimeSpan Ahead { get; set; }
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
        public override long GetTimestamp() => System.GetTimestamp() * Times;
    }
}
