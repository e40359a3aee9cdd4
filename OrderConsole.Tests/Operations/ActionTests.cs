using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Operations;

public sealed class ActionsOnSqlite() : ActionTests(StoreSet.Sqlite);

public sealed class ActionsOnPostgres() : ActionTests(StoreSet.Postgres);

/// <summary>Extending, refunding and reinstating: what each does, and each of its refusals.</summary>
public abstract class ActionTests(StoreSet set) : OperationTests(set)
{
    private static readonly OperationParameters Reference = new() { Reference = "RF-77" };

    [Fact]
    public async Task Extending_moves_the_deadlines_of_those_that_are_pending_and_unchanged()
    {
        await PutTogetherAsync();
        await PlaceAsync(numbers: ["A", "B", "MOVED", "PAID"]);
        var before = (await OrderAsync("A")).Order.ExpiresAt;
        await PayAsync("PAID", "p");
        var prepared = await PrepareAsync(ExtendOrders.ActionName, TargetSelection.Of("A", "PAID", "MOVED", "NONE", "B"), new OperationParameters { By = TimeSpan.FromMinutes(90) });
        await Shop.Extend.ExtendAsync("MOVED", TimeSpan.FromHours(1), Stop);
        await PayAsync("B", "p2");

        await RunAsync(prepared);

        (await OutcomesAsync(prepared)).ShouldBe(new Dictionary<string, string>
        {
            ["A"] = "Done", ["PAID"] = RefusalCodes.NotPending, ["MOVED"] = RefusalCodes.ChangedSincePreview, ["NONE"] = RefusalCodes.UnknownOrder, ["B"] = RefusalCodes.NotPending,
        });
        var extended = await OrderAsync("A");
        (extended.Order.ExpiresAt - before).ShouldBe(TimeSpan.FromMinutes(90));
        (extended.Events[^1].Kind, extended.Events[^1].Detail).ShouldBe((OrderEventKind.Extended, "01:30:00"));
        await WholeAsync();
    }

    [Fact]
    public async Task A_refund_is_recorded_once_with_its_reference()
    {
        await PutTogetherAsync();
        await PaidLateAsync(numbers: ["A", "B"]);
        await PayAsync("B", "P-B-2", 3m);
        await PlaceAsync(numbers: ["PAID"]);
        await PayAsync("PAID", "paid");
        await PayAsync("PAID", "twice");
        (await Engine.Get<LatePayments>().CountUndecidedAsync(Stop)).ShouldBe(4);
        var prepared = await PrepareAsync(RefundPayments.ActionName, TargetSelection.Of("P-A", "P-B", "P-B-2", "twice", "paid", "none"), Reference);

        await RunAsync(prepared);

        (await OutcomesAsync(prepared)).ShouldBe(new Dictionary<string, string>
        {
            ["P-A"] = "Done", ["P-B"] = "Done", ["P-B-2"] = "Done", ["twice"] = "Done", ["paid"] = RefusalCodes.NothingToDecide, ["none"] = RefusalCodes.UnknownPayment,
        });
        var order = await OrderAsync("B");
        order.Order.Status.ShouldBe(OrderStatus.Cancelled);
        order.Payments.ShouldAllBe(p => p.Decision == PaymentDecision.Refunded && p.DecidedBy == "somebody" && p.DecisionReference == "RF-77" && p.DecidedAt != null);
        order.Events.Count(e => e.Kind == OrderEventKind.Refunded).ShouldBe(2);
        (await Engine.Get<LatePayments>().CountUndecidedAsync(Stop)).ShouldBe(0);
        (await DoNowAsync(RefundPayments.ActionName, "P-A", Reference)).Code.ShouldBe(RefusalCodes.DecidedAlready);
        (await DoNowAsync(ReinstateOrders.ActionName, "P-A")).Code.ShouldBe(RefusalCodes.DecidedAlready);
        await WholeAsync();
    }

    [Fact]
    public async Task Twenty_refunds_of_one_payment_at_once_are_one()
    {
        await PutTogetherAsync();
        await PaidLateAsync(numbers: "A");

        var items = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => DoNowAsync(RefundPayments.ActionName, "P-A", Reference), Stop)));

        items.Count(i => i.State == OperationItemState.Done).ShouldBe(1);
        items.Count(i => i.Code == RefusalCodes.DecidedAlready).ShouldBe(19);
        await WholeAsync();
    }

    [Fact]
    public async Task A_reinstated_order_is_paid_has_its_stock_and_is_never_cancelled_again()
    {
        await PutTogetherAsync();
        await PaidLateAsync(numbers: "A");
        await PayAsync("A", "more", 4m);

        (await DoNowAsync(ReinstateOrders.ActionName, "P-A")).State.ShouldBe(OperationItemState.Done);

        var order = await OrderAsync("A");
        (order.Order.Status, order.Order.CancelledAt, order.Order.CancelReason).ShouldBe((OrderStatus.Paid, null, null));
        order.Payments.Single(p => p.PaymentId == "P-A").Decision.ShouldBe(PaymentDecision.Reinstated);
        order.Payments.Single(p => p.PaymentId == "more").Decision.ShouldBeNull("other money waits for its own decision");
        var stock = (await Shop.Stock.FindAsync("SKU-1", Stop))!;
        (stock.Available, stock.Reserved, stock.Sold).ShouldBe((999_999, 0, 1));
        await WholeAsync();

        (await DoNowAsync(CancelOrders.ActionName, "A")).Code.ShouldBe(RefusalCodes.NotPending);
        (await DoNowAsync(ReinstateOrders.ActionName, "P-A")).Code.ShouldBe(RefusalCodes.DecidedAlready);
        (await DoNowAsync(ReinstateOrders.ActionName, "more")).Code.ShouldBe(RefusalCodes.NotCancelled);
        // Not even by who knows its present version, nor by the processor with an entry for it.
        (await Shop.Canceller.CancelAsync([new CancelTarget(order.Order.Id, order.Order.Version, null)], "x", Stop)).ShouldBeEmpty();
        await Support.Shop.QueueAsync(Queue, ["A"]);
        await Engine.StartAsync();
        await NothingIsLeftAsync();
        (await OrderAsync("A")).Order.Status.ShouldBe(OrderStatus.Paid);
        (await DoNowAsync(RefundPayments.ActionName, "more", Reference)).State.ShouldBe(OperationItemState.Done);
        await WholeAsync();
    }

    [Fact]
    public async Task What_can_not_be_reinstated_is_refused_and_says_why()
    {
        await PutTogetherAsync();
        await Shop.Stock.SetAsync("RARE", 1, Stop);
        await PaidLateAsync("RARE", "FIRST");
        await PaidLateAsync(numbers: "OTHER");
        await PayAsync("OTHER", "too-little", 9.99m);
        await PlaceAsync(numbers: "PAID");
        await PayAsync("PAID", "paid");
        await PayAsync("PAID", "twice");
        var prepared = await PrepareAsync(ReinstateOrders.ActionName, "P-FIRST", "too-little", "paid", "twice", "none");
        (await OutcomesAsync(prepared))["P-FIRST"].ShouldBe("Allowed");
        await PlaceAsync("RARE", "SECOND");

        await RunAsync(prepared);

        (await OutcomesAsync(prepared)).ShouldBe(new Dictionary<string, string>
        {
            ["P-FIRST"] = RefusalCodes.OutOfStock, ["too-little"] = RefusalCodes.AmountMismatch, ["paid"] = RefusalCodes.NothingToDecide,
            ["twice"] = RefusalCodes.NotCancelled, ["none"] = RefusalCodes.UnknownPayment,
        });
        (await Operations.ItemsAsync(prepared.Id, null, 1, 1, Stop)).Items[0].Detail.ShouldBe("SKU RARE: 1 wanted, 0 available.");
        (await OutcomesAsync(await PrepareAsync(ReinstateOrders.ActionName, "P-FIRST")))["P-FIRST"].ShouldBe(RefusalCodes.OutOfStock, "the preview says so too");
        (await OrderAsync("FIRST")).Order.Status.ShouldBe(OrderStatus.Cancelled);
        await WholeAsync(pieces: null);
    }

    [Fact]
    public async Task Of_five_orders_for_three_pieces_three_are_reinstated_however_many_try_at_once()
    {
        await PutTogetherAsync();
        await Shop.Stock.SetAsync("RARE", 5, Stop);
        string[] numbers = ["A", "B", "C", "D", "E"];
        await PaidLateAsync("RARE", numbers);
        await Shop.Stock.SetAsync("RARE", 3, Stop);

        var items = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => DoNowAsync(ReinstateOrders.ActionName, "P-" + numbers[i % 5]), Stop)));

        items.Count(i => i.State == OperationItemState.Done).ShouldBe(3);
        items.Where(i => i.State != OperationItemState.Done).ShouldAllBe(i => i.Code == RefusalCodes.OutOfStock || i.Code == RefusalCodes.DecidedAlready);
        (await Shop.Stock.FindAsync("RARE", Stop))!.Available.ShouldBe(0);
        await WholeAsync(pieces: 3);
    }

    [Fact]
    public async Task Of_a_refund_and_a_reinstatement_at_once_one_wins()
    {
        await PutTogetherAsync();
        string[] numbers = [.. Enumerable.Range(0, 40).Select(i => $"A-{i:D2}")];
        await PaidLateAsync(numbers: numbers);

        foreach (var no in numbers)
        {
            var sides = await Task.WhenAll(
                Task.Run(() => DoNowAsync(RefundPayments.ActionName, "P-" + no, Reference), Stop), Task.Run(() => DoNowAsync(ReinstateOrders.ActionName, "P-" + no), Stop));
            sides.Count(s => s.State == OperationItemState.Done).ShouldBe(1, no);
            sides.Single(s => s.State != OperationItemState.Done).Code.ShouldBe(RefusalCodes.DecidedAlready);
        }

        await WholeAsync();
    }

    [Fact]
    public async Task A_thousand_payments_are_decided_in_a_few_transactions()
    {
        await PutTogetherAsync();
        string[] numbers = [.. Enumerable.Range(0, 1_000).Select(i => $"A-{i:D4}")];
        await PlaceAsync(numbers: numbers);
        await RunAsync(await PrepareAsync(CancelOrders.ActionName, numbers));
        await Parallel.ForEachAsync(numbers, Stop, async (no, _) => await PayAsync(no, "P-" + no));
        var (back, up) = (await PrepareAsync(RefundPayments.ActionName, TargetSelection.Of([.. numbers.Take(500).Select(n => "P-" + n)]), Reference),
            await PrepareAsync(ReinstateOrders.ActionName, [.. numbers.Skip(500).Select(n => "P-" + n)]));
        using var transactions = new Transactions(Stores.Database.ConnectionString);

        (await RunAsync(back)).Done.ShouldBe(500);
        (await RunAsync(up)).Done.ShouldBe(500);

        transactions.Count.ShouldBeLessThanOrEqualTo(6);
        await WholeAsync();
    }

    [Fact]
    public async Task Late_payments_are_shown_with_how_late_they_are_and_whether_the_stock_is_there()
    {
        await PutTogetherAsync();
        await Shop.Stock.SetAsync("RARE", 1, Stop);
        await PaidLateAsync("RARE", "GONE");
        await PlaceAsync("RARE", "TOOK-IT");
        await PaidLateAsync(numbers: "THERE");
        var cancelled = (await OrderAsync("THERE")).Order;
        await Shop.Pay.RecordAsync("THERE", new PaymentReport("early", 10m, cancelled.CancelledAt!.Value.AddMinutes(-5)), Stop);

        var page = await Engine.Get<LatePayments>().PageAsync(decided: false, 1, 10, Stop);

        page.Total.ShouldBe(3);
        page.Items.Select(p => (p.PaymentId, p.OrderNo, p.StockIsThere, p.CanReinstate)).ShouldBe([("P-GONE", "GONE", false, false), ("P-THERE", "THERE", true, true), ("early", "THERE", true, true)]);
        var early = page.Items[2];
        (early.AfterCancel, early.Currency, early.Total).ShouldBe((TimeSpan.FromMinutes(-5), "CNY", 10m));
        early.AfterDeadline.ShouldBe(early.PaidAt - cancelled.ExpiresAt);

        await DoNowAsync(ReinstateOrders.ActionName, "early");
        await DoNowAsync(RefundPayments.ActionName, "P-GONE", Reference);
        var decided = await Engine.Get<LatePayments>().PageAsync(decided: true, 1, 1, Stop);
        decided.Total.ShouldBe(2);
        (decided.Items.ShouldHaveSingleItem().PaymentId, decided.Items[0].Reference).ShouldBe(("P-GONE", "RF-77"));
        var reinstated = (await Engine.Get<LatePayments>().FindAsync("early", Stop))!;
        (reinstated.OrderStatus, reinstated.Decision, reinstated.AfterCancel).ShouldBe((OrderStatus.Paid, PaymentDecision.Reinstated, TimeSpan.FromMinutes(-5)));
    }
}
