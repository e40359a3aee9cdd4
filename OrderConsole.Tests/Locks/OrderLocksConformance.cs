using System.Collections.Concurrent;
using OrderConsole.Core.Locks;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Locks;

/// <summary>What every store of locks promises. A store is a short subclass that opens one without any locks.</summary>
public abstract partial class OrderLocksConformance : IAsyncLifetime
{
    protected const string Me = "node-a:1:aaaa", Other = "node-b:2:bbbb";
    protected static readonly TimeSpan LongLease = TimeSpan.FromMinutes(5), ShortLease = TimeSpan.FromSeconds(1);
    private LockStore? _store;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;
    protected LockStore Store => _store ?? throw new InvalidOperationException("The store is not open.");
    protected IOrderLocks Locks => Store.Locks;
    protected ILockInspector Inspector => Store.Inspector;

    /// <summary>A store without locks that no other test sees.</summary>
    protected abstract Task<LockStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (_store?.Close is { } close) await close();
    }

    protected async Task<LockHandle> TakeAsync(string orderNo, TimeSpan? lease = null, string owner = Me) =>
        (await Locks.TryAcquireAsync([orderNo], lease ?? LongLease, owner, Cancel)).Acquired.ShouldHaveSingleItem();

    protected async Task<bool> IsHeldAsync(string orderNo) => await Inspector.FindAsync(orderNo, Cancel) is not null;

    /// <summary>Another owner has the lock after an operator removed the first one's.</summary>
    protected async Task<LockHandle> TakeOverAsync(LockHandle from)
    {
        (await Inspector.RemoveAsync([new(from.OrderNo, from.Token)], Cancel)).ShouldBe([LockRemoval.Removed]);
        return await TakeAsync(from.OrderNo, owner: Other);
    }

    [Fact]
    public async Task Locks_are_taken_in_one_fixed_order_whatever_order_they_are_asked_for_in()
    {
        var result = await Locks.TryAcquireAsync(["C", "A", "b", "B"], LongLease, Me, Cancel);

        result.Acquired.Select(handle => handle.OrderNo).ShouldBe(["A", "B", "C", "b"]);
    }

    [Fact]
    public async Task Free_locks_are_taken_and_held_ones_tell_how_long_they_are_held()
    {
        await TakeAsync("held");

        var result = await Locks.TryAcquireAsync(["a", "held", "b"], TimeSpan.FromMinutes(1), Other, Cancel);

        result.Acquired.Select(handle => handle.OrderNo).ShouldBe(["a", "b"]);
        result.Acquired.ShouldAllBe(handle => !handle.IsLost && handle.TimeLeft <= TimeSpan.FromMinutes(1));
        var held = result.Held.ShouldHaveSingleItem();
        held.OrderNo.ShouldBe("held");
        held.TimeLeft.ShouldNotBeNull().ShouldBeInRange(LongLease - TimeSpan.FromSeconds(20), LongLease);
    }

    [Fact]
    public async Task Calls_with_no_locks_do_nothing()
    {
        (await Locks.TryAcquireAsync([], LongLease, Me, Cancel)).Acquired.ShouldBeEmpty();
        await Locks.RenewAsync([], LongLease, Cancel);
        (await Locks.ReleaseAsync([], Cancel)).ShouldBe(0);
        (await Inspector.RemoveAsync([], Cancel)).ShouldBeEmpty();
        (await Inspector.CountAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task More_locks_than_one_call_carries_are_taken_renewed_and_released_in_steps()
    {
        var orderNos = Enumerable.Range(0, 2_500).Select(i => $"ORD-{i}").ToArray();

        var taken = (await Locks.TryAcquireAsync(orderNos, LongLease, Me, Cancel)).Acquired;
        taken.Select(handle => handle.OrderNo).ShouldBe(orderNos, ignoreOrder: true);
        (await Inspector.CountAsync(Cancel)).ShouldBe(orderNos.Length);
        (await Locks.TryAcquireAsync(orderNos, LongLease, Other, Cancel)).Held.Count.ShouldBe(orderNos.Length);

        await Locks.RenewAsync(taken, LongLease, Cancel);
        taken.ShouldAllBe(handle => !handle.IsLost);

        (await Locks.ReleaseAsync(taken, Cancel)).ShouldBe(0);
        (await Inspector.CountAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Of_fifty_who_ask_at_once_one_wins()
    {
        var winners = new ConcurrentBag<LockHandle>();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () =>
        {
            foreach (var handle in (await Locks.TryAcquireAsync(["A-1"], LongLease, $"node-{i}", Cancel)).Acquired) winners.Add(handle);
        }, Cancel)));

        var winner = winners.ShouldHaveSingleItem();
        (await Inspector.FindAsync("A-1", Cancel)).ShouldNotBeNull().Token.ShouldBe(winner.Token);
    }

    [Fact]
    public async Task A_released_lock_is_free_for_the_next_one()
    {
        var handle = await TakeAsync("A-1");

        (await Locks.ReleaseAsync([handle], Cancel)).ShouldBe(0);

        (await IsHeldAsync("A-1")).ShouldBeFalse();
        (await TakeAsync("A-1", owner: Other)).Token.ShouldNotBe(handle.Token);
    }

    [Fact]
    public async Task Releasing_a_lock_that_is_somebody_elses_does_nothing_and_is_counted()
    {
        var (mine, kept) = (await TakeAsync("A-1"), await TakeAsync("A-2"));
        var theirs = await TakeOverAsync(mine);

        (await Locks.ReleaseAsync([mine, kept], Cancel)).ShouldBe(1);

        (await Inspector.FindAsync("A-1", Cancel)).ShouldNotBeNull().Token.ShouldBe(theirs.Token);
        (await IsHeldAsync("A-2")).ShouldBeFalse();
    }

    [Fact]
    public async Task Releasing_twice_is_counted()
    {
        var handle = await TakeAsync("A-1");
        await Locks.ReleaseAsync([handle], Cancel);

        (await Locks.ReleaseAsync([handle], Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Renewing_prolongs_from_now()
    {
        var handle = await TakeAsync("A-1", TimeSpan.FromSeconds(30));

        await Locks.RenewAsync([handle], LongLease, Cancel);

        handle.IsLost.ShouldBeFalse();
        handle.TimeLeft.ShouldBeGreaterThan(TimeSpan.FromMinutes(4));
        var info = (await Inspector.FindAsync("A-1", Cancel)).ShouldNotBeNull();
        info.TimeLeft.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromMinutes(4));
        info.Renewals.ShouldBe(1);
    }

    [Fact]
    public async Task Renewing_marks_lost_what_is_somebody_elses_and_leaves_it_alone()
    {
        var (taken, gone, kept) = (await TakeAsync("taken"), await TakeAsync("gone"), await TakeAsync("kept"));
        var lost = taken.LostToken;
        var theirs = await TakeOverAsync(taken);
        await Inspector.RemoveAsync([new(gone.OrderNo, gone.Token)], Cancel);

        await Locks.RenewAsync([taken, gone, kept], TimeSpan.FromMinutes(10), Cancel);

        (taken.IsLost, gone.IsLost, kept.IsLost).ShouldBe((true, true, false));
        lost.IsCancellationRequested.ShouldBeTrue();
        gone.LostToken.IsCancellationRequested.ShouldBeTrue();
        var info = (await Inspector.FindAsync("taken", Cancel)).ShouldNotBeNull();
        (info.Token, info.Renewals).ShouldBe((theirs.Token, 0));
        info.TimeLeft.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(LongLease);
        (await IsHeldAsync("gone")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_lock_whose_lease_has_ended_can_be_taken_and_its_holder_knows()
    {
        var handle = await TakeAsync("A-1", ShortLease);
        LockResult? result = null;

        await Eventually.HoldsAsync(
            async () => (result = await Locks.TryAcquireAsync(["A-1"], LongLease, Other, Cancel)).Acquired.Count == 1, "the lease ends");

        handle.IsLost.ShouldBeTrue();
        await Locks.RenewAsync([handle], LongLease, Cancel);
        handle.LostToken.IsCancellationRequested.ShouldBeTrue();
        (await Inspector.FindAsync("A-1", Cancel)).ShouldNotBeNull().Owner.ShouldBe(Other);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(601)]
    public async Task A_lease_out_of_range_is_refused(double seconds)
    {
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Locks.TryAcquireAsync(["A-1"], TimeSpan.FromSeconds(seconds), Me, Cancel));
    }
}
