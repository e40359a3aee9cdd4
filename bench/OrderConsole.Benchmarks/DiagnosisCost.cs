using System.Diagnostics;
using System.Globalization;
using OrderConsole.Core.Data;
using OrderConsole.Core.Diagnostics;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;
using Spectre.Console;

namespace OrderConsole.Benchmarks;

/// <summary>What a diagnosis costs with a long table and a long queue, and whether it holds Redis up.</summary>
internal static class DiagnosisCost
{
    private const int Runs = 5;
    private const int SlowMicroseconds = 5_000;
    private static readonly string[] Movements =
    [
        "INSERT INTO stock_ledger (order_id, sku, reason, quantity, at) SELECT NULL, sku, 0, available + reserved, 0 FROM stock",
        "INSERT INTO stock_ledger (order_id, sku, reason, quantity, at) SELECT order_id, sku, 1, sum(quantity), 0 FROM order_lines GROUP BY order_id, sku",
    ];

    public static async Task<int> RunAsync(int entries)
    {
        var table = new Table().AddColumns("stores", "run", "took, s", "dearest checks, ms", "found", "Redis commands over 5 ms", "the latest of them");
        foreach (var open in new[] { BenchStores.SqliteAsync, BenchStores.PostgresWithRedisAsync })
        {
            await using var stores = await open();
            await using var engine = await stores.EngineAsync();
            await SeedAsync(engine, entries);
            if (stores.Redis is { } server) await PreferAsync(server);
            for (var run = 1; run <= Runs; run++)
            {
                if (stores.Redis is { } redis)
                {
                    await redis.Raw.SendAsync("CONFIG", "SET", "slowlog-log-slower-than", $"{SlowMicroseconds}");
                    await redis.Raw.SendAsync("SLOWLOG", "RESET");
                }
                var report = await engine.Get<DiagnosisRunner>().RunAsync(DiagnosisTrigger.Command, CancellationToken.None);
                table.AddRow(stores.Name, $"{run}", $"{report.Milliseconds / 1000:0.0}",
                    string.Join(", ", report.Checks.OrderByDescending(c => c.Milliseconds).Take(3).Select(c => $"{c.Check} {c.Milliseconds:N0}")),
                    string.Join(", ", report.Findings.Select(f => f.Code)), stores.Redis is { } looked ? (await looked.Raw.SendAsync("SLOWLOG", "LEN"))! : "", stores.Redis is { } last ? (await last.Raw.SendAsync("SLOWLOG", "GET", "1"))!.PadRight(60)[..60] : "");
            }
        }
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"{entries:N0} pending orders with two movements of stock each, {entries:N0} entries; no console works, so nobody_polls is right.");
        return 0;
    }

    /// <summary>
    /// SLOWLOG counts wall time. On two processors that four programs share it would mostly tell how long Redis waited for one,
    /// so it gets one whenever it wants: what is left is its own work.
    /// </summary>
    private static async Task PreferAsync(RedisServer redis)
    {
        var info = (await redis.Raw.SendAsync("INFO", "server"))!;
        var id = info.Split('\n').Single(l => l.StartsWith("process_id:", StringComparison.Ordinal)).Split(':')[1];
        using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
        process.PriorityClass = ProcessPriorityClass.RealTime;
    }

    private static async Task SeedAsync(Engine engine, int entries)
    {
        var due = TimeProvider.System.GetUtcNow().AddHours(6);
        await OrderSeed.OrdersAsync(engine.Database, entries, due);
        await OrderSeed.QueueAsync(engine.Get<ITimeoutQueue>(), entries, due);
        await engine.Database.WriteAsync(async db =>
        {
            foreach (var sql in Movements)
            {
                await using var command = db.Command(sql);
                command.CommandTimeout = 600;
                await command.ExecuteNonQueryAsync();
            }
            return 0;
        }, CancellationToken.None);
    }
}
