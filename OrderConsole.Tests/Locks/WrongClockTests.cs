using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Redis;
using OrderConsole.Core.Telemetry;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Locks;

/// <summary>A console whose own clock is wrong neither looks dead nor takes living locks for old ones.</summary>
[Trait("Needs", "Locks")]
public sealed class WrongClockTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreSet.Postgres, 11)]
    [InlineData(StoreSet.Postgres, -11)]
    [InlineData(StoreSet.PostgresWithRedis, 11)]
    [InlineData(StoreSet.PostgresWithRedis, -11)]
    public async Task Signs_of_life_and_ages_are_told_by_the_stores_clock(StoreSet set, int minutes)
    {
        await using var stores = await StoreSetup.CreateAsync(set);
        await using var engine = await Engine.CreateAsync(stores.Settings(), services => services.AddSingleton<TimeProvider>(new WrongClock(TimeSpan.FromMinutes(minutes))));
        if (set == StoreSet.PostgresWithRedis) engine.Get<RedisConnection>().Start();
        var heartbeat = engine.Get<IEnumerable<IHostedService>>().OfType<NodeHeartbeat>().Single();
        await heartbeat.StartAsync(Stop);
        await Eventually.HoldsAsync(() => engine.Database.ReadAsync(db => db.Nodes.AnyAsync(Stop)), "it gives a sign of life", TimeSpan.FromSeconds(10));
        await heartbeat.StopAsync(Stop);

        var (row, now) = (await engine.Database.ReadAsync(db => db.Nodes.SingleAsync(Stop)), await engine.Database.NowAsync(Stop));
        (now - row.SeenAt).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(10));
        (row.ClockAt!.Value - row.SeenAt).TotalMinutes.ShouldBe(minutes, 0.1);
        (await engine.Get<LockVerdicts>().AroundAsync(Stop)).Alive!.ShouldContain(row.Name);

        await new Shop(engine.Database).OverdueAsync(1);
        await engine.Get<IOrderLocks>().TryAcquireAsync(["T000001"], TimeSpan.FromSeconds(30), row.Name, Stop);
        var judged = (await engine.Get<LockVerdicts>().FindAsync("T000001", Stop)).ShouldNotBeNull();
        (judged.Verdict.CanBeCleaned, judged.Verdict.Color).ShouldBe((false, LockColor.Red));
        judged.Verdict.Held!.Value.ShouldBeInRange(TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(10));
    }

    private sealed class WrongClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
    }
}
