using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;
using static OrderConsole.Core.Timeouts.TimeoutEvents;

namespace OrderConsole.Tests.Timeouts;

/// <summary>What becomes of work whose right has ended on the way.</summary>
public sealed partial class CancelUnpaidOrdersTests
{
    [Fact]
    public async Task A_lease_that_is_lost_half_way_commits_nothing_and_puts_the_orders_back_at_once()
    {
        var numbers = await Bench.DueAsync(3);
        Bench.Queue.OnExtend = _ => throw new StoreUnavailableException("Redis", "away");
        Bench.Locks.OnAcquire = (_, _) =>
        {
            Bench.Time.Advance(Bench.Options.Lease * 0.9);
            return Task.CompletedTask;
        };

        await Bench.RunAsync(Stop);

        (await CancelledAsync()).ShouldBe(0);
        Bench.Queue.Released.Select(r => (r.Claim.OrderNo, r.Verdict, r.Delay, r.Reason, r.CountsAsFailure))
            .ShouldBe(numbers.Select(no => (no, ClaimVerdict.Retry, TimeSpan.Zero, (string?)Outcomes.ClaimLost, false)));
        (await Workbench.NextAsync(Bench.Locks.Released)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_claim_that_became_somebody_elses_on_the_way_is_left_to_them()
    {
        var numbers = await Bench.DueAsync(3);
        Bench.Queue.OnExtend = claims => Task.FromResult<IReadOnlyList<ClaimedTimeout>>([claims[1]]);
        Bench.Locks.OnAcquire = async (_, _) =>
        {
            Bench.Time.Advance(Bench.Options.Lease / 3);
            await Workbench.NextAsync(Bench.Locks.Renewed);
        };

        await Bench.RunAsync(Stop);

        Bench.Queue.Released.Select(r => r.Claim.OrderNo).ShouldBe([numbers[0], numbers[2]]);
        (await Bench.Shop.Orders.RowAsync(numbers[1], Stop))!.Status.ShouldBe(OrderStatus.Pending);
    }

    [Fact]
    public async Task A_claim_that_became_somebody_elses_during_the_cancel_itself_is_not_even_released()
    {
        var numbers = await Bench.DueAsync(3);
        var (locked, writing, written) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        Bench.Queue.OnExtend = claims => Task.FromResult<IReadOnlyList<ClaimedTimeout>>([claims[1]]);
        Bench.Locks.OnAcquire = (_, _) => locked.Task;
        var running = Task.Run(() => Bench.RunAsync(Stop), Stop);
        await Workbench.NextAsync(Bench.Locks.Asked);
        // Another write is under way: the cancel waits behind it while the claim is found lost.
        var other = Bench.Database.WriteAsync(async _ =>
        {
            writing.SetResult();
            await written.Task;
            return 0;
        }, Stop);
        await writing.Task;
        locked.SetResult();
        await Eventually.HoldsAsync(() => Bench.Meters.TotalLockAttempts == 3, "the cancel is next");
        Bench.Time.Advance(Bench.Options.Lease / 3);
        await Workbench.NextAsync(Bench.Locks.Renewed);
        written.SetResult();
        await Task.WhenAll(other, running);

        // The row decided, and it was cancelled once; the entry is its new owner's to end.
        (await CancelledAsync()).ShouldBe(3);
        Bench.Queue.Released.Select(r => r.Claim.OrderNo).ShouldBe([numbers[0], numbers[2]]);
        (await Invariants.BrokenAsync(Bench.Database, 1_000_000)).ShouldBeEmpty();
    }
}
