using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;
using Spectre.Console;

namespace OrderConsole.Benchmarks;

/// <summary>Orders a second while a backlog is drained, in rounds of all ways, so that a noisy machine is noisy for all.</summary>
internal static class Drain
{
    public static async Task<int> RunAsync(int orders, int rounds)
    {
        var table = new Table().AddColumns("round", "SQLite, orders/s", "PostgreSQL + Redis, orders/s", "textbook's way there, orders/s", "ratio");
        var (sqlite, redis, textbook, ratios) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        // A console that has run for a while is compiled; so are all ways before the first round.
        await OneAsync(await BenchStores.SqliteAsync(), orders, EngineAsync);
        await OneAsync(await BenchStores.PostgresWithRedisAsync(), orders / 20, Textbook.DrainAsync);
        await OneAsync(await BenchStores.PostgresWithRedisAsync(), orders / 5, EngineAsync);
        for (var round = 1; round <= rounds; round++)
        {
            sqlite.Add(await OneAsync(await BenchStores.SqliteAsync(), orders, EngineAsync));
            textbook.Add(await OneAsync(await BenchStores.PostgresWithRedisAsync(), orders / 5, Textbook.DrainAsync));
            redis.Add(await OneAsync(await BenchStores.PostgresWithRedisAsync(), orders, EngineAsync));
            ratios.Add(redis[^1] / textbook[^1]);
            table.AddRow($"{round}", $"{sqlite[^1]:N0}", $"{redis[^1]:N0}", $"{textbook[^1]:N0}", $"{ratios[^1]:N1}");
        }
        table.AddRow("median", $"{Median(sqlite):N0}", $"{Median(redis):N0}", $"{Median(textbook):N0}", $"{Median(ratios):N1}");
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"{orders:N0} overdue orders of 2 lines, {OrderSeed.Skus} SKUs, 1 process; the textbook's way drains a fifth of them.");
        return 0;
    }

    private static async Task<double> OneAsync(BenchStores stores, int orders, Func<BenchStores, Engine, int, Task> drain)
    {
        await using var _ = stores;
        await using var engine = await stores.EngineAsync();
        var due = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).AddMinutes(-1);
        await OrderSeed.OrdersAsync(engine.Database, orders, due);
        await OrderSeed.QueueAsync(engine.Get<ITimeoutQueue>(), orders, due);
        // What the seed and the round before have written is not synced on this round's time.
        using (var sync = Process.Start("sync")) await sync.WaitForExitAsync();
        var watch = Stopwatch.StartNew();
        await drain(stores, engine, orders);
        await AllFinalAsync(engine);
        var rate = orders / watch.Elapsed.TotalSeconds;
        var broken = await Invariants.BrokenAsync(engine.Database);
        // The textbook's way writes neither ledger nor events: only stock and status can be asked of it.
        if (drain == EngineAsync && broken.Any(b => !b.StartsWith("version without", StringComparison.Ordinal))) throw new InvalidOperationException(string.Join('\n', broken));
        return rate;
    }

    private static async Task EngineAsync(BenchStores stores, Engine engine, int orders) => await engine.StartAsync();

    private static async Task AllFinalAsync(Engine engine)
    {
        while (await engine.Database.ReadAsync(db => db.Orders.AnyAsync(o => o.Status == OrderStatus.Pending)))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
