using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Telemetry;
using OrderConsole.Tests.Operations;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Locks;

[Trait("Needs", "Locks")]
public sealed class LockCleanupOnSqlite() : LockCleanupTests(StoreSet.Sqlite);

[Trait("Needs", "Locks")]
public sealed class LockCleanupOnRedis() : LockCleanupTests(StoreSet.PostgresWithRedis);

/// <summary>The clean-up removes each class of locks that it is for, and of two locks that differ in nothing else never the live one.</summary>
public abstract class LockCleanupTests(StoreSet set) : OperationTests(set)
{
    private const string Dead = "gone:4711:dead";
    private static readonly string Alive = Node.ThisProcess.Name;

    [Fact]
    public async Task Each_class_of_dead_locks_is_removed_and_the_live_one_beside_it_stays()
    {
        await PutTogetherAsync(("Locks:LongestHold", "00:10:00"));
        await PlaceAsync("SKU-1", "SILENT", "SILENT-LIVE", "FINAL", "FINAL-LIVE", "OLD", "OLD-LIVE", "ENDLESS", "ENDLESS-LIVE");
        await Shop.Cancel.CancelAsync("FINAL", "test", Stop);

        await HoldAsync("SILENT", Dead, TimeSpan.FromSeconds(30));
        await HoldAsync("SILENT-LIVE", Alive, TimeSpan.FromSeconds(30));
        await OnlyAsync("SILENT", LockReason.OwnerSilent);

        await HoldAsync("FINAL", Alive, TimeSpan.FromSeconds(30));
        await HoldAsync("FINAL-LIVE", Alive, TimeSpan.FromSeconds(30));
        await OnlyAsync("FINAL", LockReason.OrderFinal);

        await HoldAsync("OLD", Alive, TimeSpan.FromMinutes(11));
        await HoldAsync("OLD-LIVE", Alive, TimeSpan.FromMinutes(9));
        await OnlyAsync("OLD", LockReason.BeyondLongestHold);

        // Rows of a database always end.
        if (Stores.RedisOrNull is not { } redis) return;
        await redis.Raw.SendAsync("SET", "order_lock:ENDLESS", "another-service");
        await redis.Raw.SendAsync("SET", "order_lock:ENDLESS-LIVE", "another-service", "PX", "600000");
        await OnlyAsync("ENDLESS", LockReason.NeverEnds);
    }

    /// <summary>This one is removed for that reason, and every other lock stays.</summary>
    private async Task OnlyAsync(string no, LockReason reason)
    {
        var before = await HeldAsync();
        (await Engine.Get<LockVerdicts>().FindAsync(no, Stop)).ShouldNotBeNull().Verdict.Reasons.ShouldContain(reason);

        var done = await Engine.Get<LockCleanup>().RunAsync(null, "left behind", Somebody, Stop);

        (done.Found, done.Removed, done.Left).ShouldBe((1, 1, 0), no);
        (await OutcomesAsync((await Operations.FindAsync(done.OperationId!.Value, Stop))!)).ShouldBe(new Dictionary<string, string> { [no] = nameof(OperationItemState.Done) });
        (await HeldAsync()).ShouldBe(before.Where(name => name != no), ignoreOrder: true);
    }

    private async Task HoldAsync(string no, string owner, TimeSpan ago)
    {
        (await Engine.Get<IOrderLocks>().TryAcquireAsync([no], TimeSpan.FromMinutes(5), owner, Stop)).Acquired.ShouldHaveSingleItem();
        var since = TimeProvider.System.GetUtcNow() - ago;
        if (Stores.RedisOrNull is { } redis) await redis.Raw.SendAsync("HSET", "order_locks:record", no, FormattableString.Invariant($"{since.ToUnixTimeMilliseconds()}|0"));
        else await Engine.Database.WriteAsync(db => db.OrderLocks.Where(l => l.OrderNo == no).ExecuteUpdateAsync(u => u.SetProperty(l => l.AcquiredAt, since), Stop), Stop);
    }

    private async Task<List<string>> HeldAsync()
    {
        var names = new List<string>();
        await foreach (var page in Engine.Get<ILockInspector>().WalkAsync(Stop)) names.AddRange(page.Select(held => held.Name));
        return names;
    }
}
