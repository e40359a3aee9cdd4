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
            var table = new Table().AddColumns(stores.Name, "s", "of that CPU here, s", "orders", "entries", "found", "Redis' calls, ms: half, 99 %, all are shorter");
            await AddAsync(table, "all fits", stores, engine);
            var lost = Enumerable.Range(1, entries / 100).Select(i => OrderSeed.No(i * 100L)).ToArray();
            await engine.Get<IQueueInspector>().RemoveAsync(lost, CancellationToken.None);
            await engine.Get<ITimeoutQueue>().ScheduleAsync([.. lost.Select((_, i) => new ScheduledTimeout($"GHOST-{i}", due.AddMilliseconds(i)))], CancellationToken.None);
            await AddAsync(table, "1 % lost, 1 % ghosts", stores, engine);
            var why = engine.Get<WhyReader>();
            foreach (var no in new[] { OrderSeed.No(entries / 2 + 1), lost[0], "GHOST-1", "NOBODY" }) await AddAsync(table, why, no);
            AnsiConsole.Write(table);
        }
        return 0;
    }

    private static async Task AddAsync(Table table, string what, BenchStores stores, Engine engine)
    {
        await CallsAsync(stores);
        var before = Environment.CpuUsage.TotalTime;
        var report = await engine.Get<DriftReader>().ReadAsync(TimeSpan.FromMinutes(5), CancellationToken.None);
        table.AddRow(what, Seconds(report.Took), Seconds(Environment.CpuUsage.TotalTime - before), $"{report.Orders:N0}", $"{report.Entries:N0}", $"{report.Total:N0}", await CallsAsync(stores));
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

    /// <summary>How long Redis' calls since the last time took, by its own clock: as long as other processes take its core away, that counts too.</summary>
    private static async Task<string> CallsAsync(BenchStores stores)
    {
        if (stores.Redis is not { } redis) return "";
        await redis.Raw.SendAsync("CONFIG", "SET", "slowlog-log-slower-than", "0", "slowlog-max-len", "8192");
        var took = await redis.Raw.SendAsync("EVAL", """
            local took = {}
            for _, call in ipairs(redis.call('SLOWLOG', 'GET', '8192')) do took[#took + 1] = call[3] end
            table.sort(took)
            redis.call('SLOWLOG', 'RESET')
            if #took == 0 then return '' end
            return string.format('%.1f, %.1f, %.1f', took[math.ceil(#took / 2)] / 1000, took[math.ceil(#took * 0.99)] / 1000, took[#took] / 1000)
            """, "0");
        return took ?? "";
    }

    private static string Seconds(TimeSpan took) => took.TotalSeconds.ToString("N3", CultureInfo.InvariantCulture);
}
