using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderConsole.Core.Data;
using OrderConsole.Core.Diagnostics;
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
        (string Check, string Code)[] hasty = [("lost", "compared_partly"), ("stock_ledger", "ledger_partly"), ("database_latency", "database_slow")];

        clock.Times = 10_000;
        foreach (var (check, code) in hasty) (await FindingsAsync(engine, check)).ShouldContain(f => f.Code == code);
        clock.Times = 1;
        foreach (var (check, code) in hasty)
            await Eventually.HoldsAsync(async () => (await FindingsAsync(engine, check)).All(f => f.Code != code), $"no {code}", TimeSpan.FromSeconds(30));
        (await FindingsAsync(engine, "stock_ledger")).ShouldBeEmpty("all of it was added up, and it fits");
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
