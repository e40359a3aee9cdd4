using System.Diagnostics;
using System.Globalization;
using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Diagnostics.WhyStillHere;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;
using Spectre.Console;

namespace OrderConsole.Benchmarks;

/// <summary>The comparison of queue and locks with the database, and the question about one order, with all orders pending and scheduled; and Redis' longest call meanwhile.</summary>
internal static class Comparison
{
    public static async Task<int> RunAsync(int entries)
    {
        foreach (var open in new[] { BenchStores.SqliteAsync, BenchStores.PostgresWithRedisAsync })
        {
            await using var stores = await open();
            await using var engine = await stores.EngineAsync();
            var due = TimeProvider.System.GetUtcNow().AddMinutes(14);
            await OrderSeed.OrdersAsync(engine.Database, entries, due);
            await OrderSeed.QueueAsync(engine.Get<ITimeoutQueue>(), entries, due);
            var calls = stores.Redis is { } redis ? new RedisCalls(redis) : null;
            if (calls is not null) await calls.RunBeforeOthersAsync();
            var table = new Table().AddColumns(stores.Name, "s", "of that CPU here, s", "orders", "entries", "found", "Redis' calls, and within how many ms half, 99 % and all of them ended");
            await AddAsync(table, "all fits", calls, engine);
            var lost = Enumerable.Range(1, entries / 100).Select(i => OrderSeed.No(i * 100L)).ToArray();
            await engine.Get<IQueueInspector>().RemoveAsync(lost, CancellationToken.None);
            await engine.Get<ITimeoutQueue>().ScheduleAsync([.. lost.Select((_, i) => new ScheduledTimeout($"GHOST-{i}", due.AddMilliseconds(i)))], CancellationToken.None);
            await AddAsync(table, "1 % lost, 1 % ghosts", calls, engine);
            var why = engine.Get<WhyReader>();
            foreach (var no in new[] { OrderSeed.No(entries / 2 + 1), lost[0], "GHOST-1", "NOBODY" }) await AddAsync(table, why, no);
            AnsiConsole.Write(table);
        }
        return 0;
    }

    private static async Task AddAsync(Table table, string what, RedisCalls? calls, Engine engine)
    {
        if (calls is not null) await calls.SinceLastAsync();
        var before = Environment.CpuUsage.TotalTime;
        var report = await engine.Get<DriftReader>().ReadAsync(TimeSpan.FromMinutes(5), CancellationToken.None);
        table.AddRow(what, Seconds(report.Took), Seconds(Environment.CpuUsage.TotalTime - before), $"{report.Orders:N0}", $"{report.Entries:N0}", $"{report.Total:N0}", calls is null ? "" : await calls.SinceLastAsync());
    }

    /// <summary>The slower of two tries after a first one.</summary>
    private static async Task AddAsync(Table table, WhyReader why, string no)
    {
        var (verdict, slower) = ((await why.ReadAsync(no, CancellationToken.None)).Verdict, TimeSpan.Zero);
        for (var i = 0; i < 2; i++)
        {
            var watch = Stopwatch.StartNew();
            await why.ReadAsync(no, CancellationToken.None);
            if (watch.Elapsed > slower) slower = watch.Elapsed;
        }
        table.AddRow($"why is it still here: {verdict}", Seconds(slower), "", "", "", "", "");
    }

    private static string Seconds(TimeSpan took) => took.TotalSeconds.ToString("N3", CultureInfo.InvariantCulture);
}
