using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;
using static OrderConsole.Core.Timeouts.TimeoutEvents;

namespace OrderConsole.Tests.Timeouts;

public sealed partial class CancelUnpaidOrdersTests : IAsyncLifetime
{
    private Workbench? _bench;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private Workbench Bench => _bench ?? throw new InvalidOperationException("Not set up yet.");

    public async ValueTask InitializeAsync() => _bench = await Workbench.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_bench is not null) await _bench.DisposeAsync();
    }

    private async Task<int> CancelledAsync() => (await Invariants.ByStatusAsync(Bench.Database)).GetValueOrDefault(OrderStatus.Cancelled);

    [Fact]
    public async Task Each_order_ends_by_what_its_row_says()
    {
        var numbers = await Bench.DueAsync(5);
        await Bench.Shop.Pay.RecordAsync(numbers[0], new PaymentReport("p", 30m, null), Stop);
        await Bench.Shop.Cancel.CancelAsync(numbers[1], "by hand", Stop);
        var later = await Bench.Shop.Extend.ExtendAsync(numbers[2], TimeSpan.FromHours(1), Stop);
        Bench.Locks.Held[numbers[3]] = TimeSpan.FromMinutes(1);
        Bench.Queue.Add(Bench.Time.GetUtcNow(), "NOBODY");

        await Bench.RunAsync(Stop);

        var ends = Bench.Queue.Released.ToDictionary(r => r.Claim.OrderNo);
        ends.Count.ShouldBe(6);
        ends[numbers[0]].Verdict.ShouldBe(ClaimVerdict.Complete);
        ends[numbers[1]].Verdict.ShouldBe(ClaimVerdict.Complete);
        (ends[numbers[2]].Verdict, ends[numbers[2]].DueAt).ShouldBe((ClaimVerdict.Reschedule, later.ExpiresAt));
        (ends[numbers[3]].Verdict, ends[numbers[3]].Reason, ends[numbers[3]].CountsAsFailure).ShouldBe((ClaimVerdict.Retry, Outcomes.LockHeld, false));
        ends[numbers[4]].Verdict.ShouldBe(ClaimVerdict.Complete);
        (ends["NOBODY"].Verdict, ends["NOBODY"].Reason).ShouldBe((ClaimVerdict.Retry, Outcomes.UnknownOrder));
        (await CancelledAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task A_store_that_is_away_puts_the_orders_back_without_a_failure_counted()
    {
        await Bench.DueAsync(3);
        Bench.Locks.OnAcquire = (_, _) => throw new StoreUnavailableException("Redis", "Redis is away");

        var batch = await Bench.RunAsync(Stop);

        batch.StoreTrouble.ShouldBe("Redis is away");
        Bench.Queue.Released.Count.ShouldBe(3);
        Bench.Queue.Released.ShouldAllBe(r => r.Verdict == ClaimVerdict.Retry && r.Reason == Outcomes.StoreUnavailable && !r.CountsAsFailure && r.Delay == Bench.Options.RetryDelay);
        Bench.Meters.TotalFailed.ShouldBe(0);
    }

    [Fact]
    public async Task An_order_that_is_paid_between_the_check_and_the_cancel_stays_paid_and_comes_again()
    {
        var numbers = await Bench.DueAsync(2);
        Bench.Locks.OnAcquire = (_, _) => Bench.Shop.Pay.RecordAsync(numbers[0], new PaymentReport("p", 30m, null), Stop);

        await Bench.RunAsync(Stop);

        (await Bench.Shop.Orders.RowAsync(numbers[0], Stop))!.Status.ShouldBe(OrderStatus.Paid);
        Bench.Queue.Released[0].Reason.ShouldBe(Outcomes.ChangedMeanwhile);
        (await CancelledAsync()).ShouldBe(1);
        (await Invariants.BrokenAsync(Bench.Database, 1_000_000)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task Poisoned_orders_are_found_in_few_transactions_and_all_others_are_cancelled(int poisoned)
    {
        const int count = 64;
        var numbers = await Bench.DueAsync(count);
        // Evenly spread: the dearest case for halving.
        var bad = Enumerable.Range(0, poisoned).Select(i => numbers[i * count / poisoned + 1]).ToArray();
        await PoisonAsync(bad);
        using var begun = new Transactions(Bench.Database.ConnectionString);

        await Bench.RunAsync(Stop);

        (await CancelledAsync()).ShouldBe(count - poisoned);
        Bench.Queue.Released.Where(r => r.Verdict != ClaimVerdict.Complete).Select(r => r.Claim.OrderNo).Order().ShouldBe(bad);
        Bench.Queue.Released.Where(r => r.CountsAsFailure).ShouldAllBe(r => r.Detail!.Contains("poison"));
        begun.Count.ShouldBeInRange(2, 1 + 2 * poisoned * (int)Math.Log2(count));
        (await Invariants.BrokenAsync(Bench.Database, 1_000_000)).ShouldBeEmpty();
    }

    private Task<int> PoisonAsync(IEnumerable<string> orderNos) => Bench.Database.WriteAsync(async db =>
    {
        await using var command = db.Command($"CREATE TRIGGER poison BEFORE UPDATE ON orders WHEN NEW.no IN ('{string.Join("', '", orderNos)}') BEGIN SELECT RAISE(ABORT, 'poison'); END");
        return await command.ExecuteNonQueryAsync(Stop);
    }, Stop);
}
