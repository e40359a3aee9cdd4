using OrderConsole.Core.Diagnostics;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Redis;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Locks;

/// <summary>Callers that wait for one another's locks.</summary>
public sealed class LockCirclesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5), Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Needs", "Locks")]
    public async Task Two_consoles_that_lock_in_opposite_order_are_told_the_younger_gives_way_and_both_finish()
    {
        await using var stores = await StoreSetup.CreateAsync(StoreSet.PostgresWithRedis);
        await using var first = await OpenAsync(stores);
        await using var second = await OpenAsync(stores);
        var (one, two) = ((await TakeAsync(first, ["A-1"], [], "first")).Locks, (await TakeAsync(second, ["A-2"], [], "second")).Locks);

        var older = TakeAsync(first, ["A-2"], one, "first");
        await Eventually.HoldsAsync(async () => (await second.Get<LockWaits>().WaitingAsync(10, Stop)).Count == 1, "the first one waits");
        var gaveWay = await TakeAsync(second, ["A-1"], two, "second");
        gaveWay.Cycle.Select(m => (m.Owner, m.Holds, m.WaitsFor)).ShouldBe([("second", "A-2", "A-1"), ("first", "A-1", "A-2")]);
        await second.Get<IOrderLocks>().ReleaseAsync(two, Stop);
        var rest = (await older).Locks;
        rest.ShouldHaveSingleItem().OrderNo.ShouldBe("A-2");

        // The one that gave way begins anew, as it should have begun: all in one call.
        var again = TakeAsync(second, ["A-2", "A-1"], [], "second");
        await first.Get<IOrderLocks>().ReleaseAsync([.. one, .. rest], Stop);
        (await again).Locks.Select(l => l.OrderNo).ShouldBe(["A-1", "A-2"]);

        // Both consoles report it, the one that gave way with a line of its log.
        (await first.Get<LockCycles>().SinceAsync(Now.AddYears(-1), 10, Stop)).ShouldHaveSingleItem().Members.ShouldBe(gaveWay.Cycle);
        var found = (await first.Get<DiagnosisRunner>().RunCheckAsync("lock_waits", null, Stop)).Findings.ShouldHaveSingleItem();
        (found.Code, found.Examples.Single()).ShouldBe(("lock_cycles", "second: A-2 → A-1; first: A-1 → A-2"));
        second.Get<LockWarnings>().Recent().ShouldHaveSingleItem().Lines.Single().ShouldContain("second gave way");
    }

    [Fact]
    public void A_circle_is_told_once_from_its_youngest_and_who_only_waits_for_a_member_is_none()
    {
        LockWaitRow[] rows =
        [
            .. Waiter("c", 3, holds: "3", wants: "1"), .. Waiter("a", 1, holds: "1", wants: "2"), .. Waiter("b", 2, holds: "2", wants: "3"),
            .. Waiter("outside", 4, holds: "9", wants: "1"), .. Waiter("patient", 5, holds: "8", wants: "nobody's"),
            .. Waiter("x", 7, holds: "X", wants: "Y"), .. Waiter("y", 6, holds: "Y", wants: "X"),
        ];

        var circles = WaitGraph.Cycles(rows);

        circles.Select(c => string.Join(' ', c.Select(m => m.Waiter))).ShouldBe(["c a b", "x y"], ignoreOrder: true);
        circles.Single(c => c.Count == 3).Select(m => (m.Holds, m.WaitsFor)).ShouldBe([("3", "1"), ("1", "2"), ("2", "3")]);
        WaitGraph.Cycles([.. rows.Where(r => r.Waiter is "a" or "b" or "outside" or "patient")]).ShouldBeEmpty();
    }

    private static LockWaitRow[] Waiter(string name, int since, string holds, string wants) =>
    [
        new() { Waiter = name, Owner = name, OrderNo = holds, IsHeld = true, Since = Now.AddSeconds(since) },
        new() { Waiter = name, Owner = name, OrderNo = wants, Since = Now.AddSeconds(since) },
    ];

    private static Task<LocksTaken> TakeAsync(Engine engine, string[] numbers, IReadOnlyList<LockHandle> held, string owner) =>
        engine.Get<LockWaits>().TakeAllAsync(numbers, held, Lease, Patience, owner, Stop);

    private static async Task<Engine> OpenAsync(StoreSetup stores)
    {
        var engine = await Engine.CreateAsync(stores.Settings(("Diagnosis:CheckTimeout", "00:01:00")));
        engine.Get<RedisConnection>().Start();
        return engine;
    }
}
