using System.Diagnostics.Metrics;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;
using OrderConsole.Tests.Support;
using Spectre.Console;

namespace OrderConsole.Benchmarks;

/// <summary>From due to committed, while orders fall due at a steady rate.</summary>
internal static class Lateness
{
    public static async Task<int> RunAsync(int rate, int seconds)
    {
        var table = new Table().AddColumns("stores", "orders", "p50, ms", "p95, ms", "p99, ms", "worst, ms");
        foreach (var open in new[] { BenchStores.SqliteAsync, BenchStores.PostgresWithRedisAsync })
        {
            await using var stores = await open();
            var late = await MeasureAsync(stores, rate, seconds);
            table.AddRow(stores.Name, $"{late.Length:N0}", $"{At(late, 0.50):N1}", $"{At(late, 0.95):N1}", $"{At(late, 0.99):N1}", $"{late[^1]:N1}");
        }
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"{rate} orders due each second for {seconds} s, 1 process.");
        return 0;
    }

    private static async Task<double[]> MeasureAsync(BenchStores stores, int rate, int seconds)
    {
        await using var engine = await stores.EngineAsync();
        var (orders, late) = (rate * seconds, new List<double>());
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "orderconsole.timeout.lateness") l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => { lock (late) late.Add(value * 1_000); });
        listener.Start();
        _ = engine.Get<TimeoutMeters>();
        var start = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().AddSeconds(5).ToUnixTimeMilliseconds());
        await OrderSeed.OrdersAsync(engine.Database, orders, start, i => (long)i * 1_000 / rate);
        await engine.Get<ITimeoutQueue>().ScheduleAsync([.. Enumerable.Range(1, orders).Select(i => new ScheduledTimeout(OrderSeed.No(i), start.AddMilliseconds((long)i * 1_000 / rate)))], CancellationToken.None);
        await engine.StartAsync();
        await Eventually.HoldsAsync(async () => !(await Invariants.ByStatusAsync(engine.Database)).ContainsKey(OrderStatus.Pending), "all are cancelled", TimeSpan.FromSeconds(seconds + 60));
        lock (late) return [.. late.Order()];
    }

    private static double At(double[] sorted, double quantile) => sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(sorted.Length * quantile) - 1)];
}
