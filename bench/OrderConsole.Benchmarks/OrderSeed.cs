using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Queue;

namespace OrderConsole.Benchmarks;

/// <summary>Overdue orders, written with plain SQL: two lines each, over 200 SKUs, in ascending order of number and deadline.</summary>
internal static class OrderSeed
{
    public const int Skus = 200;
    private const int Chunk = 5_000;

    public static string No(long i) => $"B{i:D10}";

    /// <summary>Orders and stock, not the queue.</summary>
    public static async Task OrdersAsync(OrderDatabase database, int count, DateTimeOffset expiresAt, Func<int, long>? laterBy = null)
    {
        var placedAt = expiresAt.AddMinutes(-15).ToUnixTimeMilliseconds();
        await database.WriteAsync(async db =>
        {
            foreach (var chunk in Enumerable.Range(1, count).Chunk(Chunk))
            {
                await Run(db, """
                    INSERT INTO orders (id, no, currency, total, status, version, created_at, expires_at)
                    SELECT CAST(value ->> 0 AS bigint), value ->> 1, 'CNY', {money30}, 0, 1, @at, CAST(value ->> 2 AS bigint) FROM {rows}
                    """, SqlFile.Json(chunk, (json, i) => { json.WriteNumberValue(i); json.WriteStringValue(No(i)); json.WriteNumberValue(expiresAt.ToUnixTimeMilliseconds() + (laterBy?.Invoke(i) ?? i / 1000)); }));
                await Run(db, """
                    INSERT INTO order_lines (order_id, line_no, sku, quantity, unit_price)
                    SELECT CAST(value ->> 0 AS bigint), CAST(value ->> 1 AS integer), value ->> 2, CAST(value ->> 1 AS integer), {money10} FROM {rows} WHERE @at > 0
                    """, SqlFile.Json(chunk.SelectMany(i => Lines(i)), (json, line) => { json.WriteNumberValue(line.Id); json.WriteNumberValue(line.LineNo); json.WriteStringValue(line.Sku); }));
            }
            var reserved = Enumerable.Range(1, count).SelectMany(i => Lines(i)).GroupBy(l => l.Sku).Select(g => (Sku: g.Key, Quantity: g.Sum(l => l.LineNo)));
            await Run(db, "INSERT INTO stock (sku, available, reserved, sold) SELECT value ->> 0, 1000, CAST(value ->> 1 AS bigint), 0 FROM {rows} WHERE @at > 0",
                SqlFile.Json(reserved, (json, r) => { json.WriteStringValue(r.Sku); json.WriteNumberValue(r.Quantity); }));
            return 0;

            async Task Run(OrdersDb db, string sql, string rows)
            {
                // SQLite keeps money in ten-thousandths.
                string money(int amount) => database.IsSqlite ? $"{amount}0000" : $"{amount}";
                var each = database.IsSqlite ? "json_each(@rows)" : "json_array_elements(CAST(@rows AS json))";
                await using var command = db.Command(sql.Replace("{rows}", each).Replace("{money30}", money(30)).Replace("{money10}", money(10)), ("rows", rows), ("at", placedAt));
                command.CommandTimeout = 300;
                await command.ExecuteNonQueryAsync();
            }
        }, CancellationToken.None);
        // What autovacuum would have done by the time the orders are due.
        if (!database.IsSqlite) await database.ReadAsync(db => db.Database.ExecuteSqlRawAsync("ANALYZE"));
    }

    /// <summary>Their entries in the queue.</summary>
    public static Task QueueAsync(ITimeoutQueue queue, int count, DateTimeOffset expiresAt) =>
        queue.ScheduleAsync([.. Enumerable.Range(1, count).Select(i => new ScheduledTimeout(No(i), expiresAt.AddMilliseconds(i / 1000)))], CancellationToken.None);

    private static IEnumerable<(long Id, int LineNo, string Sku)> Lines(int i) =>
        [(i, 1, $"SKU-{i % Skus:D3}"), (i, 2, $"SKU-{(i * 7 + 13) % Skus:D3}")];
}
