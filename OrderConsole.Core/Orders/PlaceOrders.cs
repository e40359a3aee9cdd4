using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Orders;

/// <summary>
/// Places orders: reserves their stock, saves them with their deadlines, and hands the deadlines to the queue after the
/// commit. One transaction for all of a call, so that a hot SKU is locked once and never sold twice.
/// </summary>
public sealed class PlaceOrders(OrderDatabase database, DeadlineScheduler deadlines, IOptions<OrderOptions> options, TimeProvider time)
{
    public const int MaxBatch = 1_000;

    /// <summary>Places one order, or gives the earlier answer when <paramref name="idempotencyKey"/> was used for the same request before.</summary>
    /// <exception cref="InvalidInputException">A field is wrong.</exception>
    /// <exception cref="OrderRefusedException">Out of stock, unknown SKU, number taken, or key used for another request.</exception>
    public async Task<PlacedOrder> PlaceAsync(PlaceOrderRequest request, string? idempotencyKey, CancellationToken cancel)
    {
        request.Validate();
        var hash = idempotencyKey is null ? "" : Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request)));
        var result = await database.WriteAsync(async db =>
        {
            if (idempotencyKey is not null && await db.IdempotencyKeys.FindAsync([idempotencyKey], cancel) is { } earlier)
                return EarlierAnswer(earlier, hash);
            var placed = (await PlaceAsync(db, [request], cancel))[0];
            if (idempotencyKey is not null && placed.Placed is not null)
            {
                db.Add(new IdempotencyKey { Key = idempotencyKey, RequestHash = hash, Answer = JsonSerializer.Serialize(placed.Placed), CreatedAt = time.GetUtcNow() });
                await db.SaveChangesAsync(cancel);
            }
            return placed;
        }, cancel);
        FaultPoint.Reach("placed");
        if (result.Placed is not { } order) throw new OrderRefusedException(result.Code!, result.Message!);
        if (!order.Replayed) deadlines.Schedule([new(order.OrderNo, order.ExpiresAt)]);
        return order;
    }

    /// <summary>Places up to <see cref="MaxBatch"/> orders. One that is refused (stock, number taken) does not stop the others.</summary>
    /// <returns>One result for each request, in their order.</returns>
    /// <exception cref="InvalidInputException">A field of any of them is wrong; nothing was placed.</exception>
    public async Task<IReadOnlyList<PlaceOrderResult>> PlaceBatchAsync(IReadOnlyList<PlaceOrderRequest> requests, CancellationToken cancel)
    {
        if (requests.Count is < 1 or > MaxBatch) throw new InvalidInputException("body", $"1 to {MaxBatch:N0} orders");
        for (var i = 0; i < requests.Count; i++) requests[i].Validate($"[{i}].");
        var results = await database.WriteAsync(db => PlaceAsync(db, requests, cancel), cancel);
        FaultPoint.Reach("placed");
        deadlines.Schedule([.. results.Where(r => r.Placed is not null).Select(r => new Queue.ScheduledTimeout(r.Placed!.OrderNo, r.Placed.ExpiresAt))]);
        return results;
    }

    private async Task<IReadOnlyList<PlaceOrderResult>> PlaceAsync(OrdersDb db, IReadOnlyList<PlaceOrderRequest> requests, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var taken = await TakenNumbersAsync(db, requests, cancel);
        var stock = await LockedStockAsync(db, requests, cancel);
        var (results, orders) = (new PlaceOrderResult[requests.Count], new List<Order>(requests.Count));
        for (var i = 0; i < requests.Count; i++)
        {
            var order = NewOrder(requests[i], now);
            if (!taken.Add(order.No))
                results[i] = new(null, OrderRefusedException.DuplicateOrderNo, $"The order number {order.No} is taken.");
            else if (Reserve(order, stock) is { } refused)
                results[i] = refused;
            else
            {
                orders.Add(order);
                results[i] = new(new PlacedOrder(order.No, order.Status, order.ExpiresAt, order.Total, order.Currency), null, null);
            }
        }
        db.AddRange(orders);
        await db.SaveChangesAsync(cancel);
        foreach (var order in orders)
        {
            db.AddRange(order.Demand().Select(d => new StockMovement { OrderId = order.Id, Sku = d.Key, Reason = StockReason.Reserved, Quantity = d.Value, At = now }));
            db.Add(new OrderEvent { OrderId = order.Id, Version = order.Version, Kind = OrderEventKind.Scheduled, At = now, Node = Node.ThisProcess.Name });
        }
        await db.SaveChangesAsync(cancel);
        return results;
    }

    private static async Task<HashSet<string>> TakenNumbersAsync(OrdersDb db, IReadOnlyList<PlaceOrderRequest> requests, CancellationToken cancel)
    {
        var given = requests.Where(r => r.OrderNo is not null).Select(r => r.OrderNo!).ToList();
        var taken = given.Count == 0 ? [] : await db.Orders.Where(o => given.Contains(o.No)).Select(o => o.No).ToListAsync(cancel);
        return taken.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The SKUs' rows, locked in ascending order so that no two transactions can wait for each other.</summary>
    private async Task<Dictionary<string, Stock>> LockedStockAsync(OrdersDb db, IReadOnlyList<PlaceOrderRequest> requests, CancellationToken cancel)
    {
        var skus = requests.SelectMany(r => r.Lines!).Select(l => l.Sku).Distinct(StringComparer.Ordinal).ToArray();
        var rows = database.IsSqlite
            ? db.Stock.Where(s => skus.Contains(s.Sku))
            : db.Stock.FromSql($"SELECT * FROM stock WHERE sku = ANY ({skus}) ORDER BY sku FOR UPDATE");
        return await rows.ToDictionaryAsync(s => s.Sku, StringComparer.Ordinal, cancel);
    }

    private Order NewOrder(PlaceOrderRequest request, DateTimeOffset now)
    {
        var lines = request.Lines!.Select((line, i) => new OrderLine { LineNo = i + 1, Sku = line.Sku, Quantity = line.Quantity, UnitPrice = line.UnitPrice });
        return Order.Place(request.OrderNo ?? OrderNumber.New(now), request.Customer, request.Currency!, lines, now, request.PaymentWindow ?? options.Value.PaymentWindow);
    }

    private static PlaceOrderResult? Reserve(Order order, Dictionary<string, Stock> stock)
    {
        var demand = order.Demand();
        foreach (var (sku, quantity) in demand)
        {
            if (!stock.TryGetValue(sku, out var level))
                return new(null, OrderRefusedException.UnknownSku, $"No stock was ever set for SKU {sku}.");
            if (level.Available < quantity)
                return new(null, OrderRefusedException.OutOfStock, $"SKU {sku}: {quantity} wanted, {level.Available} available.");
        }
        foreach (var (sku, quantity) in demand)
        {
            stock[sku].Available -= quantity;
            stock[sku].Reserved += quantity;
        }
        return null;
    }

    private static PlaceOrderResult EarlierAnswer(IdempotencyKey earlier, string hash) => earlier.RequestHash == hash
        ? new(JsonSerializer.Deserialize<PlacedOrder>(earlier.Answer)! with { Replayed = true }, null, null)
        : new(null, OrderRefusedException.IdempotencyKeyReused, "This Idempotency-Key was used for another request.");
}
