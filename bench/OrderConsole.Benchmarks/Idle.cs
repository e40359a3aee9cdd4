using System.Diagnostics;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;
using Spectre.Console;

namespace OrderConsole.Benchmarks;

/// <summary>The share of a core that a console takes while a long queue waits and nothing is due.</summary>
internal static class Idle
{
    /// <summary>
    /// Until the comparison of queue and database at the start is over and most of what comes round every second is compiled
    /// for good: in the first minutes two thirds of an idle console's time go to the compiler. A console that runs for days is
    /// measured, not its start.
    /// </summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(int entries, int seconds)
    {
        var table = new Table().AddColumns("stores", "entries", "console, % of a core", "console, MB", "Redis, % of a core");
        foreach (var open in new[] { BenchStores.SqliteAsync, BenchStores.PostgresWithRedisAsync })
        {
            await using var stores = await open();
            var due = TimeProvider.System.GetUtcNow().AddDays(1);
            await using (var engine = await stores.EngineAsync())
            {
                await OrderSeed.OrdersAsync(engine.Database, entries, due);
                await OrderSeed.QueueAsync(engine.Get<ITimeoutQueue>(), entries, due);
            }
            await using var console = await ConsoleProcess.StartAsync(stores.Settings.Append(new("Jobs:Enabled", "true")));
            using var process = Process.GetProcessById(console.Id);
            await Task.Delay(WarmUp, TimeProvider.System);
            process.Refresh();
            var (before, redisBefore) = (process.TotalProcessorTime, await RedisCpuAsync(stores));
            var watch = Stopwatch.StartNew();
            await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
            process.Refresh();
            var share = (process.TotalProcessorTime - before) / watch.Elapsed;
            var redisShare = (await RedisCpuAsync(stores) - redisBefore) / watch.Elapsed.TotalSeconds;
            table.AddRow(stores.Name, $"{entries:N0}", $"{share:P2}", $"{process.WorkingSet64 / 1e6:N0}", stores.Redis is null ? "" : $"{redisShare:P2}");
        }
        AnsiConsole.Write(table);
        return 0;
    }

    private static async Task<double> RedisCpuAsync(BenchStores stores)
    {
        if (stores.Redis is null) return 0;
        var info = (await stores.Redis.Raw.SendAsync("INFO", "cpu"))!;
        return info.Split('\n').Where(l => l.StartsWith("used_cpu_sys:", StringComparison.Ordinal) || l.StartsWith("used_cpu_user:", StringComparison.Ordinal))
            .Sum(l => double.Parse(l.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
