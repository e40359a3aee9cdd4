using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Support;
using static OrderConsole.Tests.Support.Shop;

namespace OrderConsole.Tests.Orders;

public sealed class PaymentsOnSqlite() : Payments(DatabaseProvider.Sqlite);

public sealed class PaymentsOnPostgres() : Payments(DatabaseProvider.Postgres);

public abstract class Payments(DatabaseProvider provider) : ShopTests(provider)
{
    private Task<PaymentOutcome> PayAsync(string orderNo, string paymentId = "pay-1", decimal amount = 10m) =>
        Shop.Pay.RecordAsync(orderNo, new PaymentReport(paymentId, amount, null), Stop);

    private async Task<string> PlacedAsync()
    {
        await Shop.Stock.SetAsync("SKU-1", 100, Stop);
        return (await Shop.Place.PlaceAsync(Request(), null, Stop)).OrderNo;
    }

    [Fact]
    public async Task A_payment_in_time_pays_and_sells()
    {
        var no = await PlacedAsync();

        (await PayAsync(no)).ShouldBe(PaymentOutcome.Paid);

        (await Shop.Orders.FindAsync(no, Stop))!.Order.Status.ShouldBe(OrderStatus.Paid);
        (await Shop.Stock.FindAsync("SKU-1", Stop))!.Sold.ShouldBe(1);
        (await Invariants.BrokenAsync(Database.Orders, 100)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_payment_past_the_deadline_still_pays_while_nobody_has_cancelled()
    {
        var no = await PlacedAsync();
        await Shop.MakeOverdueAsync();

        (await PayAsync(no)).ShouldBe(PaymentOutcome.Paid);
    }

    [Fact]
    public async Task The_same_payment_reported_a_hundred_times_at_once_has_one_effect_and_one_answer()
    {
        var no = await PlacedAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => PayAsync(no), Stop)));

        outcomes.ShouldAllBe(o => o == PaymentOutcome.Paid);
        var order = (await Shop.Orders.FindAsync(no, Stop))!;
        order.Payments.ShouldHaveSingleItem();
        order.Order.Version.ShouldBe(2);
        (await Invariants.BrokenAsync(Database.Orders, 100)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_payment_for_a_cancelled_order_is_kept_as_late_and_does_not_reopen_it()
    {
        var no = await PlacedAsync();
        await Shop.Cancel.CancelAsync(no, "test", Stop);

        (await PayAsync(no)).ShouldBe(PaymentOutcome.Late);
        (await PayAsync(no)).ShouldBe(PaymentOutcome.Late);

        var order = (await Shop.Orders.FindAsync(no, Stop))!;
        order.Order.Status.ShouldBe(OrderStatus.Cancelled);
        order.Payments.ShouldHaveSingleItem().Outcome.ShouldBe(PaymentOutcome.Late);
        (await Shop.Stock.FindAsync("SKU-1", Stop))!.Available.ShouldBe(100);
        (await Invariants.BrokenAsync(Database.Orders, 100)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_late_payment_is_kept_whatever_its_amount()
    {
        var no = await PlacedAsync();
        await Shop.Cancel.CancelAsync(no, "test", Stop);

        (await PayAsync(no, amount: 3m)).ShouldBe(PaymentOutcome.Late);
    }

    [Fact]
    public async Task A_second_payment_of_a_paid_order_is_kept_as_a_duplicate()
    {
        var no = await PlacedAsync();
        await PayAsync(no);

        (await PayAsync(no, "pay-2")).ShouldBe(PaymentOutcome.Duplicate);

        (await Shop.Stock.FindAsync("SKU-1", Stop))!.Sold.ShouldBe(1);
        (await Invariants.BrokenAsync(Database.Orders, 100)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_payment_that_does_not_fit_is_refused_and_changes_nothing()
    {
        var no = await PlacedAsync();
        var other = (await Shop.Place.PlaceAsync(Request(), null, Stop)).OrderNo;
        await PayAsync(other, "pay-other");

        (await Should.ThrowAsync<OrderRefusedException>(() => PayAsync("NONE"))).Code.ShouldBe(OrderRefusedException.UnknownOrder);
        (await Should.ThrowAsync<OrderRefusedException>(() => PayAsync(no, amount: 9.99m))).Code.ShouldBe(OrderRefusedException.AmountMismatch);
        (await Should.ThrowAsync<OrderRefusedException>(() => PayAsync(no, "pay-other"))).Code.ShouldBe(OrderRefusedException.PaymentIdReused);
        (await Should.ThrowAsync<InvalidInputException>(() => PayAsync(no, "with space"))).Field.ShouldBe("paymentId");
        (await Should.ThrowAsync<InvalidInputException>(() => PayAsync(no, amount: -1))).Field.ShouldBe("amount");
        (await Shop.Orders.FindAsync(no, Stop))!.Order.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Of_five_thousand_payments_racing_a_cancel_exactly_one_side_wins_each()
    {
        const int pairs = 5_000;
        var numbers = await Shop.OverdueAsync(pairs);
        var rows = (await Task.WhenAll(numbers.Chunk(500).Select(c => new OverdueOrderReader(Database.Orders).FactsAsync(c, Stop))))
            .SelectMany(f => f).ToDictionary(f => f.Key, f => f.Value);
        var (paid, cancelled) = (0, 0);

        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Stop }, async (no, stop) =>
        {
            // Both wait for one signal; now this one and now that one is in front.
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var (payWon, cancelWon) = (false, false);
            async Task PayAsync()
            {
                await start.Task;
                payWon = await Shop.Pay.RecordAsync(no, new PaymentReport($"pay-{no}", 30m, null), stop) == PaymentOutcome.Paid;
            }
            async Task CancelAsync()
            {
                await start.Task;
                cancelWon = (await Shop.Canceller.CancelAsync([new CancelTarget(rows[no].OrderId, rows[no].Version, null)], "test", stop)).Count == 1;
            }
            Func<Task>[] sides = Random.Shared.Next(2) == 0 ? [PayAsync, CancelAsync] : [CancelAsync, PayAsync];
            var both = Task.WhenAll(sides.Select(side => side()).ToArray());
            start.SetResult();
            await both;
            payWon.ShouldBe(!cancelWon, no);
            if (payWon) Interlocked.Increment(ref paid);
            else Interlocked.Increment(ref cancelled);
        });

        (await Invariants.BrokenAsync(Database.Orders, 1_000_000)).ShouldBeEmpty();
        var byStatus = await Invariants.ByStatusAsync(Database.Orders);
        (byStatus[OrderStatus.Paid], byStatus[OrderStatus.Cancelled]).ShouldBe((paid, cancelled));
        // Otherwise there was no race.
        Math.Min(paid, cancelled).ShouldBeGreaterThan(pairs / 10, $"{paid} paid, {cancelled} cancelled");
    }
}
