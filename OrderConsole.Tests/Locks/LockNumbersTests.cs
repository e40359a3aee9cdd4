using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Locks;

public sealed class LockNumbersTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task A_days_numbers_survive_a_restart_add_up_and_stay_small(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        // Twice: what is there is added to, by a console that was started anew.
        for (var round = 0; round < 2; round++)
        {
            await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
            using var meters = new TimeoutMeters(services.GetRequiredService<IMeterFactory>(), Options.Create(new TimeoutOptions()), TimeProvider.System);
            var numbers = NumbersOf(database, meters);
            meters.Locks.Taken([.. Enumerable.Range(0, 30).Select(i => $"C-{i}")]);
            for (var i = 0; i < 150; i++) meters.Locks.Lost([$"HOT-{i}"], isWaitedFor: i == 0);
            for (var i = 0; i < 20; i++) meters.Locks.Lost(["HOTTEST"], isWaitedFor: i < 3);
            await numbers.KeepAsync(Stop);
            meters.Locks.Taken(["HOTTEST"]);
            meters.Locks.Committed(Enumerable.Range(0, 30).Select(i => HandleWith(left: 30 - i, $"C-{i}")));
            meters.Locks.LateRefused(1);
            await numbers.KeepAsync(Stop);
        }

        using var metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var after = new TimeoutMeters(metrics.GetRequiredService<IMeterFactory>(), Options.Create(new TimeoutOptions()), TimeProvider.System);
        var kept = NumbersOf(database, after);
        var report = await kept.ReadAsync(TimeProvider.System.GetUtcNow(), Stop);

        report.Total.ShouldBe(new LockCounts(Attempts: 402, Lost: 340, Waited: 8, Cancelled: 60, Commits: 60, NearMisses: 10, LateRefused: 2));
        var hottest = report.Hottest[0];
        (hottest.OrderNo, hottest.Attempts, hottest.Lost, hottest.Waited).ShouldBe(("HOTTEST", 42, 40, 6));
        report.NearMisses.Count.ShouldBe(20);
        report.NearMisses[0].OrderNo.ShouldBe("C-29");
        report.NearMisses[0].Share.ShouldBeLessThan(0.06);
        report.NearMissShare!.Value.ShouldBe(10.0 / 60, 0.001);
        report.WastedPerCancelled!.Value.ShouldBe(340.0 / 60, 0.001);
        report.Advice.ShouldBe(LockAdvice.LeaseTooShort);
        (await kept.UsualHoldAsync(Stop)).ShouldNotBeNull();
        (await database.Orders.ReadAsync(db => Task.FromResult(db.HotLocks.Count()))).ShouldBe(LockNumbers.MostHot);
    }

    [Theory]
    [InlineData(0, 100, 0, LockAdvice.Fine)]
    [InlineData(100, 100, 90, LockAdvice.FewOrdersHeld)]
    [InlineData(100, 100, 5, LockAdvice.ManyOrdersHeld)]
    public void Advice_follows_from_the_numbers(int lost, int cancelled, int onOne, LockAdvice advice) => new LockReport(
        default,
        [new LockNumbersRow { Lost = lost, Cancelled = cancelled, Commits = cancelled, Attempts = lost + cancelled }],
        onOne == 0 ? [] : [new HotLockRow { OrderNo = "A-1", Lost = onOne }], []).Advice.ShouldBe(advice);

    private static LockNumbers NumbersOf(TestDatabase database, TimeoutMeters meters) =>
        new(database.Orders, meters, TimeProvider.System, NullLogger<LockNumbers>.Instance);

    // Half a second more, so that a slow machine moves none of them over a border.
    private static LockHandle HandleWith(double left, string no)
    {
        var time = TimeProvider.System;
        var sentAt = time.GetTimestamp() - (long)((30 - left - 0.5) * time.TimestampFrequency);
        return new LockHandle(no, "t", sentAt, TimeSpan.FromSeconds(30), time);
    }
}
