using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;
using Spectre.Console;

namespace OrderConsole.Benchmarks;

/// <summary>
/// The main job on real input: two consoles on PostgreSQL + Redis, a shop that orders and pays over HTTP, another program
/// that queues with plain ZADD, and a console killed with -9 every five seconds.
/// </summary>
internal static class MainJob
{
    private const int Skus = 200;
    private const long Pieces = 1_000_000;
    private const int InARow = 6;
    private static readonly TimeSpan KillEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<int> RunAsync(int orders, string? program)
    {
        var foreign = orders / 10;
        await using var stores = await BenchStores.PostgresWithRedisAsync();
        await using var engine = await stores.EngineAsync();
        var consoles = await Task.WhenAll(ConsoleProcess.StartAsync(stores.Settings, program: program), ConsoleProcess.StartAsync(stores.Settings, program: program));
        try
        {
            foreach (var sku in Enumerable.Range(0, Skus)) await engine.Get<StockLevels>().SetAsync(Sku(sku), Pieces, CancellationToken.None);
            var watch = Stopwatch.StartNew();
            using var ending = new CancellationTokenSource();
            var killing = KillAsync(consoles, ending.Token);
            var shop = new ShopClient(consoles);
            var byZadd = ForeignAsync(stores, engine, foreign);
            await shop.RunAsync(orders);
            await byZadd;
            AnsiConsole.WriteLine($"{watch.Elapsed.TotalSeconds:N0} s: {orders:N0} orders placed over HTTP and {foreign:N0} queued by ZADD, {shop.Paid:N0} payments took, {shop.Late:N0} came late, {shop.Repeated:N0} calls repeated after a kill");
            await Eventually.HoldsAsync(async () => !(await Invariants.ByStatusAsync(engine.Database)).ContainsKey(OrderStatus.Pending), "all orders are final", Patience);
            AnsiConsole.WriteLine($"{watch.Elapsed.TotalSeconds:N0} s: every order is final");
            await ending.CancelAsync();
            var kills = await killing;
            return await ReportAsync(stores, engine, orders + foreign, kills, shop);
        }
        finally
        {
            foreach (var console in consoles) await console.DisposeAsync();
        }
    }

    /// <summary>Every five seconds by the clock, whether it is back from the last time or not: six times the one, six times the other.</summary>
    private static async Task<int> KillAsync(ConsoleProcess[] consoles, CancellationToken ending)
    {
        using var timer = new PeriodicTimer(KillEvery, TimeProvider.System);
        for (var kills = 0; ; kills++)
        {
            try
            {
                await timer.WaitForNextTickAsync(ending);
            }
            catch (OperationCanceledException)
            {
                return kills;
            }
            var console = consoles[kills / InARow % 2];
            await console.KillAsync();
            console.Relaunch();
        }
    }

    /// <summary>Orders that another service has written into the database, and queued by ZADD.</summary>
    private static async Task ForeignAsync(BenchStores stores, Engine engine, int count)
    {
        var place = new Shop(engine.Database).Place;
        foreach (var chunk in Enumerable.Range(0, count).Chunk(100))
        {
            var placed = await place.PlaceBatchAsync([.. chunk.Select(i => Shop.Request($"Z{i:D6}", Window(), (Sku(i), 1), (Sku(i * 7 + 3), 2)))], CancellationToken.None);
            string[] members = [.. placed.Select(p => p.Placed!).SelectMany(p => new[] { (p.ExpiresAt.ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture), p.OrderNo })];
            await stores.Redis!.Raw.SendAsync(["ZADD", "order_timeouts", .. members]);
        }
    }

    private static async Task<int> ReportAsync(BenchStores stores, Engine engine, int orders, int kills, ShopClient shop)
    {
        await Eventually.HoldsAsync(async () => await engine.Get<IQueueInspector>().CountAsync(CancellationToken.None) is { Total: 0 }, "the queue is empty", Patience);
        await Eventually.HoldsAsync(async () => await engine.Get<ILockInspector>().CountAsync(CancellationToken.None) == 0, "no lock is held", Patience);
        var (byStatus, queue) = (await Invariants.ByStatusAsync(engine.Database), await engine.Get<IQueueInspector>().CountAsync(CancellationToken.None));
        var broken = (await Invariants.BrokenAsync(engine.Database, Pieces)).ToList();
        var late = await engine.Database.ReadAsync(db => db.Orders.Where(o => o.Status == OrderStatus.Cancelled).Select(o => new { o.ExpiresAt, o.CancelledAt }).ToListAsync());
        var lateness = late.Select(o => (o.CancelledAt!.Value - o.ExpiresAt).TotalSeconds).Order().ToArray();
        var (returned, payments) = (await engine.Database.ReadAsync(db => db.StockLedger.Where(m => m.Reason == StockReason.Returned).Select(m => m.OrderId).Distinct().CountAsync()),
            await engine.Database.ReadAsync(db => db.Payments.CountAsync()));
        if (byStatus.Values.Sum() != orders) broken.Add($"{byStatus.Values.Sum():N0} orders, not {orders:N0}");
        if (payments != shop.Paid + shop.Late) broken.Add($"{payments:N0} payments kept, {shop.Paid + shop.Late:N0} acknowledged");
        if (queue.Dead > 0) broken.Add($"{queue.Dead} dead letters");
        if (lateness[0] < 0) broken.Add($"an order was cancelled {-lateness[0]:N3} s before its deadline");

        var table = new Table { ShowHeaders = false }.AddColumns("", "");
        table.AddRow("orders", $"{orders:N0}: {byStatus.GetValueOrDefault(OrderStatus.Paid):N0} paid, {byStatus.GetValueOrDefault(OrderStatus.Cancelled):N0} cancelled, {byStatus.GetValueOrDefault(OrderStatus.Pending):N0} pending");
        table.AddRow("stock returned", $"for {returned:N0} orders, once each");
        table.AddRow("payments", $"{payments:N0} kept, {shop.Late:N0} of them late");
        table.AddRow("consoles killed with -9", $"{kills}");
        table.AddRow("queue, locks", $"{queue.Total} entries, {queue.Dead} dead letters; 0 locks");
        table.AddRow("due to cancelled", $"p50 {At(lateness, 0.5):N3} s, p95 {At(lateness, 0.95):N3} s, p99 {At(lateness, 0.99):N3} s, worst {lateness[^1]:N1} s (the lease of a killed console is 30 s)");
        table.AddRow("rules broken", broken.Count == 0 ? "none" : string.Join('\n', broken));
        AnsiConsole.Write(table);
        return broken.Count == 0 ? 0 : 1;
    }

    public static string Sku(int i) => string.Create(CultureInfo.InvariantCulture, $"SKU-{i % Skus:D3}");

    public static TimeSpan Window() => TimeSpan.FromMilliseconds(Random.Shared.Next(2_000, 20_000));

    private static double At(double[] sorted, double quantile) => sorted[(int)Math.Ceiling(sorted.Length * quantile) - 1];
}
