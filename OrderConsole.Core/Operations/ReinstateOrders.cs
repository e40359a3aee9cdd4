using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Operations;

/// <summary>
/// Takes cancelled orders up again, each with a late payment of its whole total, if its stock is there. Targets are payment
/// ids. Order rows are locked first, then stock, each in ascending order: the same way round as a payment and a cancel go.
/// </summary>
public sealed class ReinstateOrders(OrderDatabase database, TimeProvider time) : OperatorAction
{
    public const string ActionName = "reinstate_orders";

    public override string Name => ActionName;
    public override string Permission => Permissions.DecidePayment;
    public override bool MayTouchPaidOrders => true;

    public override async Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel)
    {
        var found = await PaymentDecisions.ReadAsync(database, targets, cancel);
        var possible = targets.Where(id => Refusal(found, id) is null).Select(id => found.OrderOf(id).Id).Distinct().ToArray();
        var demand = await database.ReadAsync(db => DemandAsync(db, possible, cancel));
        var skus = SkusOf(demand.Values);
        var stock = await database.ReadAsync(db => db.Stock.Where(s => skus.Contains(s.Sku)).ToDictionaryAsync(s => s.Sku, StringComparer.Ordinal, cancel));
        return [.. targets.Select(id => new ExaminedTarget(id, null, Refusal(found, id) ?? (Short(demand[found.OrderOf(id).Id], stock) is null ? null : RefusalCodes.OutOfStock), OnPaidOrder: true))];
    }

    public override Task DoAsync(ActionBatch batch, CancellationToken cancel) => database.WriteAsync(async db =>
    {
        var found = await PaymentDecisions.LockAsync(database, db, [.. batch.Items.Select(i => i.Target)], cancel);
        var demand = await DemandAsync(db, [.. found.Orders.Keys], cancel);
        var stock = await LockedStockAsync(db, SkusOf(demand.Values), cancel);
        var (now, outcomes, paying) = (time.GetUtcNow(), new List<ItemOutcome>(batch.Items.Count), new List<string>());
        foreach (var item in batch.Items)
        {
            var refused = Refusal(found, item.Target);
            var missing = refused is null ? Short(demand[found.OrderOf(item.Target).Id], stock) : null;
            if (refused is not null) outcomes.Add(ItemOutcome.Refused(item, refused));
            else if (missing is not null) outcomes.Add(ItemOutcome.Refused(item, RefusalCodes.OutOfStock, missing));
            else
            {
                Reinstate(db, found.OrderOf(item.Target), found.Payments[item.Target], demand, stock, now);
                paying.Add(item.Target);
                outcomes.Add(ItemOutcome.Done(item, null, $"{found.OrderOf(item.Target).No} cancelled", $"{found.OrderOf(item.Target).No} paid"));
            }
        }
        await db.SaveChangesAsync(cancel);
        await PaymentDecisions.DecideAsync(db, paying, PaymentDecision.Reinstated, batch.Operation.By, null, now, cancel);
        await batch.RecordAsync(db, outcomes, cancel);
        return paying.Count;
    }, cancel);

    private static string? Refusal(PaymentsToDecide found, string paymentId)
    {
        if (found.Refusal(paymentId) is { } refused) return refused;
        var order = found.OrderOf(paymentId);
        return order.Status != OrderStatus.Cancelled ? RefusalCodes.NotCancelled
            : found.Payments[paymentId].Amount != order.Total ? RefusalCodes.AmountMismatch
            : null;
    }

    private static void Reinstate(OrdersDb db, Order order, Payment payment, Dictionary<long, Demand[]> demand, Dictionary<string, Stock> stock, DateTimeOffset now)
    {
        foreach (var (sku, quantity) in demand[order.Id])
        {
            stock[sku].Available -= quantity;
            stock[sku].Sold += quantity;
            db.Add(new StockMovement { OrderId = order.Id, Sku = sku, Reason = StockReason.Reinstated, Quantity = quantity, At = now });
        }
        order.Reinstate(payment.PaidAt);
        db.Add(new OrderEvent
        {
            OrderId = order.Id, Version = order.Version, Kind = OrderEventKind.Reinstated, At = now, Node = Node.ThisProcess.Name, Detail = payment.PaymentId,
        });
    }

    /// <summary>What each order needs of each SKU. An order without a line is no order that can be placed.</summary>
    private static async Task<Dictionary<long, Demand[]>> DemandAsync(OrdersDb db, long[] orderIds, CancellationToken cancel)
    {
        var lines = await db.OrderLines.AsNoTracking().Where(l => orderIds.Contains(l.OrderId))
            .GroupBy(l => new { l.OrderId, l.Sku }).Select(g => new { g.Key.OrderId, g.Key.Sku, Quantity = g.Sum(l => (long)l.Quantity) }).ToListAsync(cancel);
        return lines.GroupBy(l => l.OrderId).ToDictionary(g => g.Key, g => g.OrderBy(l => l.Sku, StringComparer.Ordinal).Select(l => new Demand(l.Sku, l.Quantity)).ToArray());
    }

    private async Task<Dictionary<string, Stock>> LockedStockAsync(OrdersDb db, string[] skus, CancellationToken cancel)
    {
        var rows = database.IsSqlite ? db.Stock.Where(s => skus.Contains(s.Sku)) : db.Stock.FromSql($"SELECT * FROM stock WHERE sku = ANY ({skus}) ORDER BY sku FOR UPDATE");
        return await rows.ToDictionaryAsync(s => s.Sku, StringComparer.Ordinal, cancel);
    }

    private static string[] SkusOf(IEnumerable<Demand[]> demands) => [.. demands.SelectMany(d => d).Select(d => d.Sku).Distinct(StringComparer.Ordinal)];

    /// <summary>The first SKU of which there is not enough, in words; null when all is there.</summary>
    private static string? Short(Demand[] demand, Dictionary<string, Stock> stock) => demand
        .Select(d => stock.GetValueOrDefault(d.Sku)?.Available is var available && available >= d.Quantity ? null : $"SKU {d.Sku}: {d.Quantity} wanted, {available ?? 0} available.")
        .FirstOrDefault(words => words is not null);

    private readonly record struct Demand(string Sku, long Quantity);
}
