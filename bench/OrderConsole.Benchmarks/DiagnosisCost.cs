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
    private const int SecondsOfStalls = 20;
    private static readonly string[] Movements =
    [
        "INSERT INTO stock_ledger (order_id, sku, reason, quantity, at) SELECT NULL, sku, 0, available + reserved, 0 FROM stock",
        "INSERT INTO stock_ledger (order_id, sku, reason, quantity, at) SELECT order_id, sku, 1, sum(quantity), 0 FROM order_lines GROUP BY order_id, sku",
    ];

    public static async Task<int> RunAsync(int entries)
    {
        var table = new Table().AddColumns("stores", "run", "took, s", "dearest checks, ms", "found", "Redis' calls, and within how many ms half, 99 % and all of them ended");
        var work = "";
        foreach (var open in new[] { BenchStores.SqliteAsync, BenchStores.PostgresWithRedisAsync })
        {
            await using var stores = await open();
            await using var engine = await stores.EngineAsync();
            await SeedAsync(engine, entries);
            var calls = stores.Redis is { } redis ? new RedisCalls(redis) : null;
            if (calls is not null) await calls.RunBeforeOthersAsync();
            for (var run = 1; run <= Runs; run++)
            {
                if (calls is not null) await calls.SinceLastAsync();
                var report = await engine.Get<DiagnosisRunner>().RunAsync(DiagnosisTrigger.Command, CancellationToken.None);
                table.AddRow(stores.Name, $"{run}", $"{report.Milliseconds / 1000:0.0}",
                    string.Join(", ", report.Checks.OrderByDescending(c => c.Milliseconds).Take(3).Select(c => $"{c.Check} {c.Milliseconds:N0}")),
                    string.Join(", ", report.Findings.Select(f => f.Code)), calls is null ? "" : await calls.SinceLastAsync());
            }
            if (calls is not null) work = $"The dearest page of the queue took {await calls.PageWorkAsync("order_timeouts", entries):0.00} ms of Redis' processor.";
        }
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"{entries:N0} pending orders with two movements of stock each, {entries:N0} entries; no console works, so nobody_polls is right.");
        AnsiConsole.WriteLine(work);
        AnsiConsole.WriteLine($"This machine takes the processor away from a program that only looks at the clock for up to {await RedisCalls.LongestStallAsync(SecondsOfStalls):0.0} ms ({SecondsOfStalls} s, nothing else running).");
        return 0;
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
