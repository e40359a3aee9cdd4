using OrderConsole.Core.Locks;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Locks;

public abstract partial class OrderLocksConformance
{
    [Fact]
    public async Task A_lock_shows_who_holds_it_since_when_and_how_long_still()
    {
        var before = TimeProvider.System.GetUtcNow();
        var handle = await TakeAsync("A-1");

        var info = (await Inspector.FindAsync("A-1", Cancel)).ShouldNotBeNull();

        (info.OrderNo, info.Owner, info.Token, info.Renewals, info.IsForeign, info.IsLeaked)
            .ShouldBe(("A-1", Me, handle.Token, 0, false, false));
        info.AcquiredAt.ShouldNotBeNull().ShouldBe(before, TimeSpan.FromSeconds(5));
        info.TimeLeft.ShouldNotBeNull().ShouldBeInRange(LongLease - TimeSpan.FromSeconds(20), LongLease);
        (await Inspector.FindAsync("A-2", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Only_live_locks_are_counted_and_walked()
    {
        await TakeAsync("short", ShortLease);
        await TakeAsync("long");
        await Locks.ReleaseAsync([await TakeAsync("released")], Cancel);

        await Eventually.HoldsAsync(async () => await Inspector.CountAsync(Cancel) == 1, "only the long one is left");

        (await WalkAsync()).ShouldHaveSingleItem().OrderNo.ShouldBe("long");
        (await IsHeldAsync("short")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_walk_meets_every_lock()
    {
        var orderNos = Enumerable.Range(0, 2_500).Select(i => $"ORD-{i}").ToArray();
        await Locks.TryAcquireAsync(orderNos, LongLease, Me, Cancel);

        var met = await WalkAsync();

        met.Select(info => info.OrderNo).Distinct().ShouldBe(orderNos, ignoreOrder: true);
        met.ShouldAllBe(info => info.Owner == Me && info.AcquiredAt != null && !info.IsLeaked);
    }

    [Fact]
    public async Task Exactly_what_was_seen_is_removed()
    {
        var (seen, changed, freed) = (await TakeAsync("seen"), await TakeAsync("changed"), await TakeAsync("freed"));
        var theirs = await TakeOverAsync(changed);
        await Locks.ReleaseAsync([freed], Cancel);

        var outcomes = await Inspector.RemoveAsync(
            [new("freed", freed.Token), new("changed", changed.Token), new("seen", seen.Token)], Cancel);

        outcomes.ShouldBe([LockRemoval.NotHeld, LockRemoval.TokenChanged, LockRemoval.Removed]);
        (await IsHeldAsync("seen")).ShouldBeFalse();
        (await Inspector.FindAsync("changed", Cancel)).ShouldNotBeNull().Token.ShouldBe(theirs.Token);
        (await Inspector.CountAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_who_remove_the_same_locks_share_them_out()
    {
        var taken = (await Locks.TryAcquireAsync([.. Enumerable.Range(0, 200).Select(i => $"ORD-{i}")], LongLease, Me, Cancel)).Acquired;
        var seen = taken.Select(handle => new SeenLock(handle.OrderNo, handle.Token)).ToArray();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => Inspector.RemoveAsync(seen, Cancel), Cancel)));

        outcomes.Sum(one => one.Count(outcome => outcome == LockRemoval.Removed)).ShouldBe(seen.Length);
        (await Inspector.CountAsync(Cancel)).ShouldBe(0);
    }

    protected async Task<List<LockInfo>> WalkAsync()
    {
        var met = new List<LockInfo>();
        await foreach (var page in Inspector.WalkAsync(Cancel)) met.AddRange(page);
        return met;
    }
}
