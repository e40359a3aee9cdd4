using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Orders;

/// <summary>What is there of each SKU.</summary>
public sealed class StockLevels(OrderDatabase database, TimeProvider time)
{
    public const long MaxAvailable = 1_000_000_000_000;

    public Task<Stock?> FindAsync(string sku, CancellationToken cancel) =>
        database.ReadAsync(db => db.Stock.SingleOrDefaultAsync(s => s.Sku == sku, cancel));

    /// <summary>How one order moved stock, in the order it happened.</summary>
    public Task<List<StockMovement>> MovementsAsync(long orderId, CancellationToken cancel) =>
        database.ReadAsync(db => db.StockLedger.Where(m => m.OrderId == orderId).OrderBy(m => m.Id).ToListAsync(cancel));

    /// <summary>Sets what is available; what is reserved and sold stays. The difference goes into the ledger.</summary>
    /// <param name="sku">1 to 64 visible ASCII characters.</param>
    /// <param name="available">0 to <see cref="MaxAvailable"/> pieces.</param>
    /// <param name="record">Written in the same transaction, last; hears what was available before.</param>
    /// <exception cref="InvalidInputException">A value is out of range.</exception>
    public Task<Stock> SetAsync(string sku, long available, CancellationToken cancel, Func<OrdersDb, long, Task>? record = null)
    {
        if (!PlaceOrderRequest.IsSku(sku)) throw new InvalidInputException("sku", PlaceOrderRequest.Skus);
        if (available is < 0 or > MaxAvailable) throw new InvalidInputException("available", $"a whole number from 0 to {MaxAvailable:N0}");
        return database.WriteAsync(async db =>
        {
            var rows = database.IsSqlite ? db.Stock.Where(s => s.Sku == sku) : db.Stock.FromSql($"SELECT * FROM stock WHERE sku = {sku} FOR UPDATE");
            var stock = await rows.SingleOrDefaultAsync(cancel);
            if (stock is null) db.Add(stock = new Stock { Sku = sku });
            var before = stock.Available;
            db.Add(new StockMovement { Sku = sku, Reason = StockReason.Set, Quantity = available - before, At = time.GetUtcNow() });
            stock.Available = available;
            await db.SaveChangesAsync(cancel);
            if (record is not null) await record(db, before);
            return stock;
        }, cancel);
    }
}
