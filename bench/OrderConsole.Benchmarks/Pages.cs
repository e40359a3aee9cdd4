using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Playwright;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;
using Spectre.Console;

namespace OrderConsole.Benchmarks;

/// <summary>What the pages ask, with a long table and a long queue: the slower of two tries after a first one.</summary>
internal static class Pages
{
    private const int PageSize = 50;
    private const int LongList = 5_000;
    private const int DeepPage = OrderQueries.CountLimit / PageSize;
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan FirstContentLimit = TimeSpan.FromSeconds(1);
    private static bool _isOver;
    private static readonly string[] Paths =
    [
        "", "orders", $"orders/{OrderSeed.No(4711)}", "timeouts", "timeouts?state=due", "timeouts?state=claimed", "timeouts?state=retrying", "timeouts?state=dead",
        "late-payments", "late-payments?tab=decided", "locks", "reconciliation", "jobs", "jobs/running", "jobs/history", "jobs/failed", "jobs/retries", "jobs/missed", "jobs/nodes", "jobs/chart", "jobs/drain",
        "operations", "operations/1", "audit", "diagnosis", "users", "keys", "account",
    ];

    public static async Task<int> RunAsync(int entries)
    {
        foreach (var open in new[] { BenchStores.SqliteAsync, BenchStores.PostgresWithRedisAsync })
        {
            await using var stores = await open();
            await using var engine = await stores.EngineAsync();
            var due = TimeProvider.System.GetUtcNow().AddMinutes(-10);
            await OrderSeed.OrdersAsync(engine.Database, entries, due, i => (i - entries) * 600L + 1_200_000);
            await MixAsync(engine.Database, entries);
            await OrderSeed.QueueAsync(engine.Get<ITimeoutQueue>(), entries, TimeProvider.System.GetUtcNow().AddHours(1));
            await OrdersAsync(stores.Name, engine.Get<OrderQueries>(), due, entries);
            await QueueAsync(stores.Name, engine.Get<IQueueInspector>(), engine.Get<OrderQueries>());
            await FirstContentAsync(stores, entries);
        }
        return _isOver ? 1 : 0;
    }

    /// <summary>From the address to the page without placeholders, in a browser: the slower of two visits after a first one.</summary>
    private static async Task FirstContentAsync(BenchStores stores, int entries)
    {
        // The overdue orders stay: the pages are to have something to show.
        await using var console = await ConsoleProcess.StartAsync(stores.Settings.Append(new("Timeouts:Enabled", "false")).Append(new("Jobs:Enabled", "true")));
        await console.UntilReadingAsync();
        await ExtendAsync(console.Http, entries);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new() { BaseURL = console.Address.ToString() });
        await page.GotoAsync("sign-in");
        await page.FillAsync("input[name=name]", Visitors.Admin);
        await page.FillAsync("input[name=password]", Visitors.Password);
        await page.PressAsync("input[name=password]", "Enter");
        await page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
        var table = new Table().AddColumns("page", "first content, ms").Title(stores.Name);
        foreach (var path in Paths)
        {
            var took = await TimeAsync(async () =>
            {
                await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
                await page.WaitForFunctionAsync("() => document.querySelector('main h1') && !document.querySelector('.skeleton')");
                if (page.Url.Contains("sign-in", StringComparison.Ordinal)) throw new InvalidOperationException($"/{path} asks to sign in.");
                return path;
            });
            table.AddRow($"/{path}", Shown(took, FirstContentLimit));
        }
        AnsiConsole.Write(table);
    }

    /// <summary>A receipt with a long list, for the page of operations and its own.</summary>
    private static async Task ExtendAsync(HttpClient http, int entries)
    {
        var listed = Enumerable.Range(entries - LongList, LongList).Select(i => OrderSeed.No(i));
        using var prepared = await http.PostAsJsonAsync("api/operations", new { action = "extend_orders", selection = new { listed }, parameters = new { by = "01:00:00" } });
        prepared.EnsureSuccessStatusCode();
        using var run = await http.PostAsJsonAsync("api/operations/1/run", new { reason = "bench" });
        run.EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => (await http.GetStringAsync(new Uri("api/operations/1", UriKind.Relative))).Contains("\"Finished\"", StringComparison.Ordinal), "all are extended", TimeSpan.FromMinutes(1));
    }

    private static async Task OrdersAsync(string name, OrderQueries orders, DateTimeOffset now, int entries)
    {
        (string Name, OrderFilter Filter)[] filters =
        [
            ("all", new()), ("pending", new() { Status = OrderStatus.Pending }), ("paid", new() { Status = OrderStatus.Paid }), ("cancelled", new() { Status = OrderStatus.Cancelled }),
            ("overdue", new() { Overdue = true }), ("not overdue", new() { Overdue = false }),
            ("created on one day", new() { CreatedFrom = now.AddDays(-3), CreatedTo = now.AddDays(-2) }), ("deadline on one day", new() { DeadlineFrom = now.AddDays(-3), DeadlineTo = now.AddDays(-2) }),
            ("total at least 999", new() { TotalFrom = 999 }), ("total 10 to 500", new() { TotalFrom = 10, TotalTo = 500 }),
            ("reason: timeout", new() { CancelReason = "payment_timeout" }), ("reason: rare", new() { CancelReason = "fraud" }), ("reason: nobody's", new() { CancelReason = "none such" }),
            ("prefix of 100", new() { Search = OrderSeed.No(entries / 2)[..9] }), ("prefix of all", new() { Search = "B" }),
            ("paid, one day, over 500", new() { Status = OrderStatus.Paid, CreatedFrom = now.AddDays(-3), CreatedTo = now.AddDays(-2), TotalFrom = 500 }),
        ];
        var table = new Table().AddColumns(["filter", .. Enum.GetNames<OrderSort>(), $"worst on page {DeepPage}"]).Title($"{name}: first page, ms");
        foreach (var (filterName, filter) in filters)
        {
            var (row, deepest) = (new List<string>(), TimeSpan.Zero);
            foreach (var sort in Enum.GetValues<OrderSort>())
            {
                row.Add(Shown(await TimeAsync(() => orders.PageAsync(filter, sort, 1, PageSize, CancellationToken.None))));
                var deep = await TimeAsync(() => orders.PageAsync(filter, sort, DeepPage, PageSize, CancellationToken.None));
                if (deep > deepest) deepest = deep;
            }
            table.AddRow([filterName, .. row, Shown(deepest)]);
        }
        AnsiConsole.Write(table);
    }

    private static async Task QueueAsync(string name, IQueueInspector queue, OrderQueries orders)
    {
        var table = new Table().AddColumns("question", "ms").Title(name);
        table.AddRow("queue: counts by state", Shown(await TimeAsync(() => queue.CountAsync(CancellationToken.None))));
        foreach (var state in Enum.GetValues<QueueState>())
            foreach (var page in new[] { 1, DeepPage })
                table.AddRow($"queue: {state.ToString().ToLowerInvariant()}, page {page}", Shown(await TimeAsync(() => queue.PageAsync(state, page, PageSize, CancellationToken.None))));
        table.AddRow("queue: due in each of 120 minutes", Shown(await TimeAsync(() => queue.DueHistogramAsync(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1), 120, CancellationToken.None))));
        table.AddRow("orders: overdue, counted", Shown(await TimeAsync(() => orders.OverdueAsync(CancellationToken.None))));
        table.AddRow("order: all about one", Shown(await TimeAsync(() => orders.FindAsync(OrderSeed.No(4711), CancellationToken.None))));
        AnsiConsole.Write(table);
    }

    /// <summary>Most orders are final, the latest twentieth is pending, half of that overdue; totals and a rare reason are spread.</summary>
    private static Task<int> MixAsync(OrderDatabase database, int entries) => database.WriteAsync(async db =>
    {
        var money = database.IsSqlite ? "10000" : "1";
        await using var command = db.Command($"""
            UPDATE orders SET created_at = expires_at - 900000, total = (1 + id * 7919 % 1000) * {money},
                status = CASE WHEN id > @pending THEN 0 WHEN id % 5 < 3 THEN 1 ELSE 2 END,
                cancel_reason = CASE WHEN id > @pending OR id % 5 < 3 THEN NULL WHEN id % 10000 = 4 THEN 'fraud' ELSE 'payment_timeout' END
            """, ("pending", (long)entries * 19 / 20));
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
        if (database.IsSqlite) return 0;
        await using var analyze = db.Command("ANALYZE");
        return await analyze.ExecuteNonQueryAsync();
    }, CancellationToken.None);

    private static async Task<TimeSpan> TimeAsync<T>(Func<Task<T>> ask)
    {
        await ask();
        var slower = TimeSpan.Zero;
        for (var i = 0; i < 2; i++)
        {
            var watch = Stopwatch.StartNew();
            await ask();
            if (watch.Elapsed > slower) slower = watch.Elapsed;
        }
        return slower;
    }

    private static string Shown(TimeSpan took) => Shown(took, Limit);

    private static string Shown(TimeSpan took, TimeSpan limit)
    {
        if (took <= limit) return $"{took.TotalMilliseconds:N0}";
        _isOver = true;
        return $"[red]{took.TotalMilliseconds:N0}[/]";
    }
}
