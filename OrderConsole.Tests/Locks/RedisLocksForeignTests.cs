using Microsoft.Extensions.Logging.Abstractions;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Locks.Redis;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Locks;

/// <summary>Other services lock orders with the same keys, and some leave behind what is no lock at all.</summary>
public sealed class RedisLocksForeignTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private readonly RedisLockKeys _keys = new(SharedRedis.NewName("foreign-lock") + ":");
    private readonly RawRedis _raw;
    private readonly RedisOrderLocks _locks;
    private readonly RedisLockInspector _inspector;

    public RedisLocksForeignTests(SharedRedis redis)
    {
        _raw = redis.Server.Raw;
        _locks = new RedisOrderLocks(redis.Connection, _keys, TimeProvider.System, NullLogger<RedisOrderLocks>.Instance);
        _inspector = new RedisLockInspector(redis.Connection, _keys, TimeProvider.System);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_foreign_lock_is_respected_seen_and_left_alone()
    {
        await _raw.SendAsync("SET", _keys.Lock("A-1"), "billing-service", "PX", "60000", "NX");

        var held = (await _locks.TryAcquireAsync(["A-1"], Lease, "me", Cancel)).Held.ShouldHaveSingleItem();

        held.TimeLeft.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        var info = (await _inspector.FindAsync("A-1", Cancel)).ShouldNotBeNull();
        (info.Owner, info.Token, info.IsForeign, info.IsLeaked, info.AcquiredAt).ShouldBe((null, "billing-service", true, false, null));
    }

    [Fact]
    public async Task Foreign_and_leaked_locks_of_every_kind_are_counted_and_walked()
    {
        await _locks.TryAcquireAsync(["ours"], Lease, "me", Cancel);
        await LitterAsync();

        await Eventually.HoldsAsync(async () => await _inspector.CountAsync(Cancel) == 6, "the scan finds five");

        var met = new List<LockInfo>();
        await foreach (var page in _inspector.WalkAsync(Cancel)) met.AddRange(page);
        met.Select(info => info.OrderNo).ShouldBe(["ours", "foreign", "leaked", "list", "ten-years", "binary"], ignoreOrder: true);
        var byOrder = met.ToDictionary(info => info.OrderNo);
        (byOrder["leaked"].IsLeaked, byOrder["list"].IsLeaked, byOrder["ours"].IsForeign).ShouldBe((true, true, false));
        byOrder["list"].Token.ShouldBeNull();
        byOrder["binary"].Token.ShouldBe(@"\x00\xff\x0a");
        byOrder["ten-years"].TimeLeft.ShouldNotBeNull().TotalDays.ShouldBe(3650, 1);
    }

    [Fact]
    public async Task Every_kind_of_litter_counts_as_held_and_disturbs_nobody()
    {
        await LitterAsync();

        var result = await _locks.TryAcquireAsync(["a", "foreign", "leaked", "list", "ten-years", "binary", "b"], Lease, "me", Cancel);

        result.Acquired.Select(handle => handle.OrderNo).ShouldBe(["a", "b"]);
        result.Held.Where(held => held.TimeLeft is null).Select(held => held.OrderNo).ShouldBe(["leaked", "list", "binary"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_key_of_another_type_is_never_ours_to_renew_or_release()
    {
        var handle = (await _locks.TryAcquireAsync(["good", "list"], Lease, "me", Cancel)).Acquired;
        await _raw.SendAsync("DEL", _keys.Lock("list"));
        await _raw.SendAsync("RPUSH", _keys.Lock("list"), "x");

        await _locks.RenewAsync(handle, Lease, Cancel);
        handle.Select(one => one.IsLost).ShouldBe([false, true]);
        (await _locks.ReleaseAsync(handle, Cancel)).ShouldBe(1);

        (await _raw.SendAsync("TYPE", _keys.Lock("list"))).ShouldBe("list");
    }

    [Fact]
    public async Task Litter_is_removed_by_what_was_seen_of_it_only()
    {
        await LitterAsync();
        string[] orderNos = ["foreign", "leaked", "list", "binary"];

        var wrong = await _inspector.RemoveAsync([.. orderNos.Select(no => new SeenLock(no, "something else"))], Cancel);
        wrong.ShouldAllBe(outcome => outcome == LockRemoval.TokenChanged);

        var seen = new List<SeenLock>();
        foreach (var orderNo in orderNos)
            seen.Add(new SeenLock(orderNo, (await _inspector.FindAsync(orderNo, Cancel))!.Token ?? ""));
        (await _inspector.RemoveAsync(seen, Cancel)).ShouldAllBe(outcome => outcome == LockRemoval.Removed);
        (await _locks.TryAcquireAsync(orderNos, Lease, "me", Cancel)).Acquired.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Locking_goes_on_when_the_index_is_broken()
    {
        await _raw.SendAsync("SET", _keys.Index, "surprise");

        var handles = (await _locks.TryAcquireAsync(["a", "b"], Lease, "me", Cancel)).Acquired;
        await _locks.RenewAsync(handles, Lease, Cancel);

        handles.ShouldAllBe(handle => !handle.IsLost);
        (await _inspector.FindAsync("a", Cancel)).ShouldNotBeNull().Owner.ShouldBe("me");
        (await WalkedAsync()).SelectMany(page => page).Select(held => held.OrderNo).ShouldBe(["a", "b"], ignoreOrder: true);
        await Eventually.HoldsAsync(async () => await _inspector.CountAsync(Cancel) == 2, "both are counted", TimeSpan.FromSeconds(10));
        (await _inspector.RemoveAsync([new("b", handles.Single(h => h.OrderNo == "b").Token)], Cancel)).ShouldBe([LockRemoval.Removed]);
        (await _locks.ReleaseAsync(handles, Cancel)).ShouldBe(1, "one of them was taken away");
    }

    [Fact]
    public async Task What_another_program_wrote_among_our_records_makes_no_lock_unreadable()
    {
        await _locks.TryAcquireAsync(["a"], Lease, "me", Cancel);
        foreach (var record in new[] { "yesterday|often", "1|2|3", "99999999999999999999|1" })
        {
            await _raw.SendAsync("HSET", _keys.Record, "a", record);
            var held = (await _inspector.FindAsync("a", Cancel)).ShouldNotBeNull();
            (held.Owner, held.AcquiredAt, held.Renewals).ShouldBe(("me", null, 0));
        }
    }

    [Fact]
    public async Task A_walk_through_a_store_full_of_other_things_can_be_stopped_at_any_page()
    {
        for (var i = 0; i < 10; i++) await _raw.SendAsync(["MSET", .. Enumerable.Range(0, 1_000).SelectMany(n => new[] { $"other:{i}:{n}", "x" })]);
        await _locks.TryAcquireAsync(["a"], Lease, "me", Cancel);
        var pages = await WalkedAsync();
        pages.SelectMany(page => page).ShouldHaveSingleItem().OrderNo.ShouldBe("a");
        pages.Count.ShouldBeInRange(9, 25);
    }

    private async Task<List<IReadOnlyList<LockInfo>>> WalkedAsync()
    {
        var pages = new List<IReadOnlyList<LockInfo>>();
        await foreach (var page in _inspector.WalkAsync(Cancel)) pages.Add(page);
        return pages;
    }

    [Fact]
    public async Task A_lock_of_ours_is_readable_by_others_and_ends_by_itself()
    {
        var handle = (await _locks.TryAcquireAsync(["A-1"], Lease, "shop-1:4711:k3f9", Cancel)).Acquired.ShouldHaveSingleItem();

        (await _raw.SendAsync("GET", _keys.Lock("A-1"))).ShouldBe($"shop-1:4711:k3f9|{handle.Token}");
        int.Parse((await _raw.SendAsync("PTTL", _keys.Lock("A-1")))!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 300_000);
    }

    private async Task LitterAsync()
    {
        await _raw.SendAsync("SET", _keys.Lock("foreign"), "billing-service", "PX", "60000");
        await _raw.SendAsync("SET", _keys.Lock("leaked"), "billing-service");
        await _raw.SendAsync("RPUSH", _keys.Lock("list"), "x");
        await _raw.SendAsync("SET", _keys.Lock("ten-years"), "me-too", "EX", "315360000");
        await _raw.SendAsync("SET"u8.ToArray(), System.Text.Encoding.UTF8.GetBytes(_keys.Lock("binary")), [0, 255, 10]);
    }

    public void Dispose() => _inspector.Dispose();
}
