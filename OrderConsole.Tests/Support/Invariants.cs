using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;

namespace OrderConsole.Tests.Support;

/// <summary>What must be true of the database at every moment, whatever was killed. Asked in SQL, past the product's own code.</summary>
public static class Invariants
{
    private static readonly (string Broken, string Sql)[] Rules =
    [
        ("order both paid and cancelled",
            "SELECT o.no AS \"Value\" FROM orders o WHERE EXISTS (SELECT 1 FROM order_events e WHERE e.order_id = o.id AND e.kind = 1) AND EXISTS (SELECT 1 FROM order_events e WHERE e.order_id = o.id AND e.kind = 2)"),
        ("cancelled order without exactly one cancel",
            "SELECT o.no AS \"Value\" FROM orders o WHERE o.status = 2 AND (SELECT count(*) FROM order_events e WHERE e.order_id = o.id AND e.kind = 2) <> 1"),
        ("paid order that was not exactly once either paid or reinstated",
            "SELECT o.no AS \"Value\" FROM orders o WHERE o.status = 1 AND (SELECT count(*) FROM order_events e WHERE e.order_id = o.id AND e.kind IN (1, 5)) <> 1"),
        ("reinstated order that was not cancelled exactly once before",
            "SELECT o.no AS \"Value\" FROM orders o JOIN order_events r ON r.order_id = o.id WHERE r.kind = 5 AND (SELECT count(*) FROM order_events e WHERE e.order_id = o.id AND e.kind = 2 AND e.version < r.version) <> 1"),
        ("cancelled order that is something else and was not reinstated",
            "SELECT o.no AS \"Value\" FROM orders o JOIN order_events e ON e.order_id = o.id WHERE e.kind = 2 AND o.status <> 2 AND NOT EXISTS (SELECT 1 FROM order_events r WHERE r.order_id = o.id AND r.kind = 5 AND r.version > e.version)"),
        ("event of a paid order that is not paid",
            "SELECT o.no AS \"Value\" FROM orders o JOIN order_events e ON e.order_id = o.id WHERE e.kind IN (1, 5) AND o.status <> 1"),
        ("version without its one event",
            "SELECT o.no AS \"Value\" FROM orders o WHERE (SELECT count(*) FROM order_events e WHERE e.order_id = o.id) <> o.version"),
        ("cancelled or reinstated order whose stock did not come back exactly once",
            "SELECT o.no AS \"Value\" FROM orders o JOIN (SELECT order_id, sku, sum(quantity) q FROM order_lines GROUP BY order_id, sku) l ON l.order_id = o.id WHERE EXISTS (SELECT 1 FROM order_events e WHERE e.order_id = o.id AND e.kind = 2) AND (SELECT coalesce(sum(s.quantity), 0) FROM stock_ledger s WHERE s.order_id = o.id AND s.sku = l.sku AND s.reason = 3) <> l.q"),
        ("stock returned for an order that was not cancelled",
            "SELECT o.no AS \"Value\" FROM orders o JOIN stock_ledger s ON s.order_id = o.id WHERE s.reason = 3 AND NOT EXISTS (SELECT 1 FROM order_events e WHERE e.order_id = o.id AND e.kind = 2)"),
        ("stock sold for an order that is not paid",
            "SELECT o.no AS \"Value\" FROM orders o JOIN stock_ledger s ON s.order_id = o.id WHERE s.reason IN (2, 4) AND o.status <> 1"),
        ("reinstated order whose stock was not taken exactly once",
            "SELECT o.no AS \"Value\" FROM orders o JOIN (SELECT order_id, sku, sum(quantity) q FROM order_lines GROUP BY order_id, sku) l ON l.order_id = o.id JOIN order_events e ON e.order_id = o.id AND e.kind = 5 WHERE (SELECT coalesce(sum(s.quantity), 0) FROM stock_ledger s WHERE s.order_id = o.id AND s.sku = l.sku AND s.reason = 4) <> l.q"),
        ("payment of a cancelled order that is not late",
            "SELECT o.no AS \"Value\" FROM orders o JOIN payments p ON p.order_id = o.id WHERE o.status = 2 AND (p.outcome <> 1 OR p.decision = 1)"),
        ("paid order without exactly one paying payment",
            "SELECT o.no AS \"Value\" FROM orders o WHERE o.status = 1 AND (SELECT count(*) FROM payments p WHERE p.order_id = o.id AND (p.outcome = 0 OR p.decision = 1)) <> 1"),
        ("refund without its one event",
            "SELECT o.no AS \"Value\" FROM orders o WHERE (SELECT count(*) FROM payments p WHERE p.order_id = o.id AND p.decision = 0) <> (SELECT count(*) FROM order_events e WHERE e.order_id = o.id AND e.kind = 6)"),
        ("operation whose counts are not its items'",
            "SELECT cast(o.id AS text) AS \"Value\" FROM operations o WHERE o.done <> (SELECT count(*) FROM operation_items i WHERE i.operation_id = o.id AND i.state = 1) OR o.refused <> (SELECT count(*) FROM operation_items i WHERE i.operation_id = o.id AND i.state = 2) OR o.failed <> (SELECT count(*) FROM operation_items i WHERE i.operation_id = o.id AND i.state = 3)"),
        ("reserved stock that is not what pending orders hold",
            "SELECT s.sku AS \"Value\" FROM stock s WHERE s.reserved <> (SELECT coalesce(sum(l.quantity), 0) FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.sku = s.sku AND o.status = 0)"),
        ("sold stock that is not what paid orders took",
            "SELECT s.sku AS \"Value\" FROM stock s WHERE s.sold <> (SELECT coalesce(sum(l.quantity), 0) FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.sku = s.sku AND o.status = 1)"),
        ("negative stock", "SELECT s.sku AS \"Value\" FROM stock s WHERE s.available < 0 OR s.reserved < 0 OR s.sold < 0"),
    ];

    /// <summary>Every rule that is broken, with up to five examples each; empty when all is well.</summary>
    /// <param name="pieces">What available, reserved and sold of each SKU must add up to; null when they differ.</param>
    public static async Task<IReadOnlyList<string>> BrokenAsync(OrderDatabase database, long? pieces = null)
    {
        await using var db = database.Read();
        var broken = new List<string>();
        foreach (var (name, sql) in Rules)
        {
            var examples = await db.Database.SqlQueryRaw<string>(sql).ToListAsync();
            if (examples.Count > 0) broken.Add($"{name}: {string.Join(", ", examples.Take(5))}{(examples.Count > 5 ? $" and {examples.Count - 5} more" : "")}");
        }
        if (pieces is { } whole)
        {
            var skus = await db.Stock.Where(s => s.Available + s.Reserved + s.Sold != whole).ToListAsync();
            broken.AddRange(skus.Take(5).Select(s => $"stock of {s.Sku} is {s.Available} + {s.Reserved} + {s.Sold}, not {whole}"));
        }
        return broken;
    }

    public static async Task<Dictionary<OrderStatus, int>> ByStatusAsync(OrderDatabase database)
    {
        await using var db = database.Read();
        return await db.Orders.GroupBy(o => o.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
    }
}
