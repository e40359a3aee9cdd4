using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Orders;

/// <summary>Whatever a shop does in whatever order, the database answers and looks as a few lines of arithmetic say.</summary>
public sealed class OrderProperties() : ShopTests(DatabaseProvider.Sqlite)
{
    private const int Orders = 4, Skus = 3, Pieces = 1_000;
    private int _run;

    public enum Act { Place, Pay, Cancel, CancelAsReadBefore, Extend, SetStock }

    /// <param name="Order">Which order or, for the stock, which SKU.</param>
    /// <param name="Number">Pieces, or which payment.</param>
    public readonly record struct Step(Act Act, int Order, int Number);

    private static readonly Arbitrary<Step[]> Steps = Gen.ArrayOf(
        from act in Gen.Frequency((4, Gen.Constant(Act.Place)), (3, Gen.Constant(Act.Pay)), (2, Gen.Constant(Act.Cancel)),
            (1, Gen.Constant(Act.CancelAsReadBefore)), (1, Gen.Constant(Act.Extend)), (1, Gen.Constant(Act.SetStock)))
        from order in Gen.Choose(0, Orders - 1)
        from number in Gen.Choose(0, 6)
        select new Step(act, order, number)).ToArbitrary();

    [Fact]
    public void Any_sequence_of_acts_is_answered_and_kept_as_the_model_says() =>
        Prop.ForAll(Steps, steps => RunAsync(steps).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(30).WithEndSize(40));

    private async Task<Property> RunAsync(Step[] steps)
    {
        var (run, model) = ($"R{Interlocked.Increment(ref _run)}-", new Model());
        for (var sku = 0; sku < Skus; sku++) await Shop.Stock.SetAsync($"{run}{sku}", Pieces, CancellationToken.None);
        foreach (var (step, i) in steps.Select((s, i) => (s, i)))
        {
            var (expected, answered) = (model.Do(step), await DoAsync(run, step));
            if (answered != expected) return false.Label($"step {i}, {step}: answered {answered}, not {expected}");
        }
        await using var db = Database.Orders.Read();
        var stock = await db.Stock.Where(s => s.Sku.StartsWith(run)).OrderBy(s => s.Sku).Select(s => new Level(s.Available, s.Reserved, s.Sold)).ToArrayAsync();
        var wrong = await Invariants.BrokenAsync(Database.Orders);
        return stock.SequenceEqual(model.Stock).Label($"stock is {string.Join(" ", stock)}, not {string.Join(" ", model.Stock)}")
            .And((wrong.Count == 0).Label(string.Join("; ", wrong)))
            .And(stock.Select(s => s.Available + s.Reserved + s.Sold).SequenceEqual(model.Whole).Label("pieces came or went"));
    }

    private async Task<string> DoAsync(string run, Step step)
    {
        var (no, cancel) = ($"{run}{step.Order}", CancellationToken.None);
        try
        {
            switch (step.Act)
            {
                case Act.Place:
                    PlaceOrderLine[] lines = [.. Model.Lines(step).Select(l => new PlaceOrderLine($"{run}{l.Sku}", l.Quantity, 10m))];
                    return (await Shop.Place.PlaceAsync(new(no, null, "CNY", lines, null), null, cancel)).Status.ToString();
                case Act.Pay:
                    var total = (await Shop.Orders.RowAsync(no, cancel))?.Total ?? 0;
                    return (await Shop.Pay.RecordAsync(no, new($"{run}{step.Number}", total, null), cancel)).ToString();
                case Act.Cancel:
                    return (await Shop.Cancel.CancelAsync(no, "test", cancel)).Status.ToString();
                case Act.CancelAsReadBefore:
                    var row = await Shop.Orders.RowAsync(no, cancel);
                    return row is null ? "nothing" : $"{(await Shop.Canceller.CancelAsync([new CancelTarget(row.Id, row.Version - 1, null)], "test", cancel)).Count} cancelled";
                case Act.Extend:
                    return (await Shop.Extend.ExtendAsync(no, TimeSpan.FromHours(1), cancel)).Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
                default:
                    await Shop.Stock.SetAsync($"{run}{step.Order % Skus}", step.Number, cancel);
                    return "set";
            }
        }
        catch (OrderRefusedException refused)
        {
            return refused.Code;
        }
    }

    private readonly record struct Level(long Available, long Reserved, long Sold);

    /// <summary>What the shop should do, in memory.</summary>
    private sealed class Model
    {
        private sealed record Known(OrderStatus Status, long Version, (int Sku, int Quantity)[] Lines);

        private readonly Dictionary<int, Known> _orders = [];
        private readonly Dictionary<int, (int Order, PaymentOutcome Outcome)> _payments = [];

        public Level[] Stock { get; } = [.. Enumerable.Repeat(new Level(Pieces, 0, 0), Skus)];
        public long[] Whole { get; } = [.. Enumerable.Repeat((long)Pieces, Skus)];

        /// <summary>Two lines, now and then of the same SKU.</summary>
        public static (int Sku, int Quantity)[] Lines(Step step) => [(step.Order % Skus, step.Number + 1), (step.Number % Skus, 2)];

        public string Do(Step step)
        {
            if (step.Act == Act.SetStock) return Set(step.Order % Skus, step.Number);
            if (step.Act == Act.Place) return Place(step);
            if (!_orders.TryGetValue(step.Order, out var order)) return step.Act == Act.CancelAsReadBefore ? "nothing" : OrderRefusedException.UnknownOrder;
            if (step.Act == Act.CancelAsReadBefore) return "0 cancelled";
            if (step.Act == Act.Pay) return Pay(step, order);
            if (order.Status != OrderStatus.Pending) return OrderRefusedException.NotPending;
            if (step.Act == Act.Extend) return (_orders[step.Order] = order with { Version = order.Version + 1 }).Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Move(order.Lines, (level, n) => level with { Available = level.Available + n, Reserved = level.Reserved - n });
            return (_orders[step.Order] = order with { Status = OrderStatus.Cancelled, Version = order.Version + 1 }).Status.ToString();
        }

        private string Set(int sku, int available)
        {
            Whole[sku] += available - Stock[sku].Available;
            Stock[sku] = Stock[sku] with { Available = available };
            return "set";
        }

        private string Place(Step step)
        {
            if (_orders.ContainsKey(step.Order)) return OrderRefusedException.DuplicateOrderNo;
            var lines = Lines(step);
            if (lines.GroupBy(l => l.Sku).Any(g => Stock[g.Key].Available < g.Sum(l => l.Quantity))) return OrderRefusedException.OutOfStock;
            Move(lines, (level, n) => level with { Available = level.Available - n, Reserved = level.Reserved + n });
            return (_orders[step.Order] = new Known(OrderStatus.Pending, 1, lines)).Status.ToString();
        }

        private string Pay(Step step, Known order)
        {
            if (_payments.TryGetValue(step.Number, out var earlier)) return earlier.Order == step.Order ? earlier.Outcome.ToString() : OrderRefusedException.PaymentIdReused;
            var outcome = order.Status switch { OrderStatus.Pending => PaymentOutcome.Paid, OrderStatus.Cancelled => PaymentOutcome.Late, _ => PaymentOutcome.Duplicate };
            if (outcome == PaymentOutcome.Paid) Move(order.Lines, (level, n) => level with { Reserved = level.Reserved - n, Sold = level.Sold + n });
            _payments[step.Number] = (step.Order, outcome);
            _orders[step.Order] = order with { Version = order.Version + 1, Status = outcome == PaymentOutcome.Paid ? OrderStatus.Paid : order.Status };
            return outcome.ToString();
        }

        private void Move((int Sku, int Quantity)[] lines, Func<Level, int, Level> move)
        {
            foreach (var (sku, quantity) in lines) Stock[sku] = move(Stock[sku], quantity);
        }
    }
}
