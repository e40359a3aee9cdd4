using System.Diagnostics;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;
using Spectre.Console;

namespace OrderConsole.Benchmarks;

/// <summary>What open pages cost the console while orders change: processor time, memory, and how old figures are when they arrive.</summary>
internal static class Dashboards
{
    // What is promised of fifty pages at five hundred orders a second.
    private const double MostCpu = 0.35, MostMegabytes = 5, MostAge = 1_000, LeastDone = 0.9;
    // Seeding, starting and warming up come before the first order is due.
    private static readonly TimeSpan LeadTime = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(int pages, int rate, int seconds, string path)
    {
        var broken = new List<string>();
        var table = new Table().AddColumns("stores", "pages", "orders cancelled a second", "console, % of a core", "console, MB", "push p50, ms", "push p95, ms", "pushes a page and second");
        foreach (var open in new[] { BenchStores.SqliteAsync, BenchStores.PostgresWithRedisAsync })
        {
            await using var stores = await open();
            var start = TimeProvider.System.GetUtcNow() + LeadTime;
            var orders = rate * (seconds * 2 + 60);
            await using (var engine = await stores.EngineAsync())
            {
                await OrderSeed.OrdersAsync(engine.Database, orders, start, i => (long)i * 1_000 / rate);
                await engine.Get<ITimeoutQueue>().ScheduleAsync([.. Enumerable.Range(1, orders).Select(i => new ScheduledTimeout(OrderSeed.No(i), start.AddMilliseconds((long)i * 1_000 / rate)))], CancellationToken.None);
            }
            await using var console = await ConsoleProcess.StartAsync(stores.Settings);
            using var process = Process.GetProcessById(console.Id);
            // The first page pays for what all need once.
            await WithPagesAsync(console, 1, path, _ => Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System));
            var untilDue = start.AddSeconds(5) - TimeProvider.System.GetUtcNow();
            if (untilDue > TimeSpan.Zero) await Task.Delay(untilDue, TimeProvider.System);

            var alone = await MeasureAsync(console, process, seconds);
            table.AddRow(stores.Name, "0", $"{alone.Cancelled:N0}", $"{alone.Cpu:P1}", $"{alone.Megabytes:N0}", "", "", "");
            var ages = new List<double>();
            await WithPagesAsync(console, pages, path, async circuits =>
            {
                await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
                foreach (var circuit in circuits) circuit.Rendered = age => { lock (ages) ages.Add(age.TotalMilliseconds); };
                var open = await MeasureAsync(console, process, seconds);
                foreach (var circuit in circuits) circuit.Rendered = null;
                if (circuits.FirstOrDefault(c => c.Fault is not null) is { } ended) throw new InvalidOperationException($"A circuit ended: {ended.Fault}");
                double[] sorted;
                lock (ages) sorted = [.. ages.Order()];
                if (sorted.Length == 0) throw new InvalidOperationException("Nothing was pushed to any page.");
                table.AddRow(stores.Name, $"{pages}", $"{open.Cancelled:N0}", $"{open.Cpu:P1}", $"{open.Megabytes:N0}", $"{sorted[sorted.Length / 2]:N0}",
                    $"{sorted[(int)(sorted.Length * 0.95)]:N0}", $"{sorted.Length / (double)pages / seconds:N2}");
                if (open.Cpu >= MostCpu) broken.Add($"{stores.Name}: {open.Cpu:P1} of a core, at most {MostCpu:P0}");
                if ((open.Megabytes - alone.Megabytes) / pages >= MostMegabytes) broken.Add($"{stores.Name}: {(open.Megabytes - alone.Megabytes) / pages:N2} MB a page, at most {MostMegabytes}");
                if (sorted[(int)(sorted.Length * 0.95)] >= MostAge) broken.Add($"{stores.Name}: pushes are {sorted[(int)(sorted.Length * 0.95)]:N0} ms old, at most {MostAge}");
                if (open.Cancelled < rate * LeastDone) broken.Add($"{stores.Name}: {open.Cancelled:N0} orders a second were cancelled of {rate}");
                table.AddRow("", "each page", "", $"{(open.Cpu - alone.Cpu) / pages:P2}", $"{(open.Megabytes - alone.Megabytes) / pages:N2}", "", "", "");
            });
        }
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"{pages} circuits on {path}, {rate} orders due each second, {seconds} s a measurement; the pages' own drawing is not part of it.");
        foreach (var limit in broken) AnsiConsole.WriteLine("not kept: " + limit);
        return broken.Count == 0 ? 0 : 1;
    }

    private static async Task WithPagesAsync(ConsoleProcess console, int pages, string path, Func<IReadOnlyList<Circuit>, Task> work)
    {
        using var closing = new CancellationTokenSource();
        var circuits = new List<Circuit>();
        try
        {
            for (var i = 0; i < pages; i++) circuits.Add(await Circuit.OpenAsync(console.Http, path, closing.Token));
            await work(circuits);
        }
        finally
        {
            await closing.CancelAsync();
            foreach (var circuit in circuits) circuit.Dispose();
        }
    }

    private static async Task<(double Cpu, double Megabytes, double Cancelled)> MeasureAsync(ConsoleProcess console, Process process, int seconds)
    {
        process.Refresh();
        var (cpu, watch, cancelled) = (process.TotalProcessorTime, Stopwatch.StartNew(), await CancelledAsync(console));
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        process.Refresh();
        return ((process.TotalProcessorTime - cpu) / watch.Elapsed, process.WorkingSet64 / 1e6, (await CancelledAsync(console) - cancelled) / watch.Elapsed.TotalSeconds);
    }

    private static async Task<long> CancelledAsync(ConsoleProcess console)
    {
        var metrics = await console.Http.GetStringAsync(new Uri("api/metrics", UriKind.Relative));
        using var json = System.Text.Json.JsonDocument.Parse(metrics);
        var queue = json.RootElement.GetProperty("queue");
        return -(queue.GetProperty("scheduled").GetInt64() + queue.GetProperty("due").GetInt64() + queue.GetProperty("claimed").GetInt64() + queue.GetProperty("retrying").GetInt64());
    }
}
