using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Telemetry;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Components;

/// <summary>The page of the locks over PostgreSQL and Redis, where other programs leave theirs too.</summary>
[Collection(OwnConsoleCollection.Name)]
public sealed class LocksPageTests(Browser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Needs", "Locks")]
    public async Task Ours_foreign_and_leaked_locks_are_shown_the_most_suspicious_first()
    {
        await using var stores = await StoreSetup.CreateAsync(StoreSet.PostgresWithRedis);
        await using var host = await ConsoleHost.StartAsync(stores.Settings(("Timeouts:Enabled", "false")));
        await host.SetStockAsync("tea", 100);
        foreach (var no in new[] { "OURS-1", "GONE-1", "FOREIGN-1", "LEAKED-1" }) (await host.PlaceAsync(no)).EnsureSuccessStatusCode();
        var locks = host.Get<IOrderLocks>();
        var ours = (await locks.TryAcquireAsync(["OURS-1"], TimeSpan.FromMinutes(9), Node.ThisProcess.Name, Cancel)).Acquired;
        await locks.TryAcquireAsync(["GONE-1"], TimeSpan.FromMinutes(9), "shop-9:4711:dead", Cancel);
        var redis = stores.Redis.Raw;
        await redis.SendAsync("SET", "order_lock:FOREIGN-1", "billing-service", "PX", "600000");
        await redis.SendAsync("SET", "order_lock:LEAKED-1", "<script>alert(1)</script>");
        await redis.SendAsync("HSET", "order_lock:HASH-1", "a", "b");
        await redis.SendAsync("SET"u8.ToArray(), [.. "order_lock:"u8, 0, 255, 10, 0xE2, 0x80, 0xAE], "x"u8.ToArray());

        await using var opened = await browser.OpenAsync(new Uri(host.Address, "locks"));
        await opened.UntilLiveAsync();
        var (page, rows) = (opened.Page, opened.Page.Locator("table.locks tbody tr"));
        await Assertions.Expect(rows).ToHaveCountAsync(6);
        for (var i = 0; i < 3; i++) await Assertions.Expect(rows.Nth(i)).ToHaveAttributeAsync("data-suspect", "Leaked");
        await Assertions.Expect(rows.Nth(3)).ToContainTextAsync("GONE-1");
        var leaked = Row(page, "LEAKED-1");
        await Assertions.Expect(leaked).ToContainTextAsync("Never ends");
        await Assertions.Expect(leaked).ToContainTextAsync("<script>alert(1)</script>");
        await Assertions.Expect(Row(page, "HASH-1")).ToContainTextAsync("no plain text");
        await Assertions.Expect(Row(page, @"\u{0}")).ToContainTextAsync(@"\u{A}\u{202E}");
        await Assertions.Expect(Row(page, @"\u{0}")).ToContainTextAsync("Not an order number");
        await Assertions.Expect(Row(page, "GONE-1")).ToContainTextAsync("no sign of life");
        await Assertions.Expect(Row(page, "GONE-1")).ToContainTextAsync("process 4711, instance dead");
        await Assertions.Expect(Row(page, "OURS-1")).ToContainTextAsync(Environment.MachineName);
        await Assertions.Expect(Row(page, "FOREIGN-1")).ToContainTextAsync("billing-service");
        await TimeoutsDialog.HasNoViolationsAsync(opened, "table.locks");

        await page.Locator("#lock-kind").SelectOptionAsync("Foreign");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(4);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/locks\?kind=foreign$"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all locks" }).ClickAsync();
        await page.Locator("#lock-owner").SelectOptionAsync("shop-9:4711:dead");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Link, new() { Name = "Look at its timeout" }).ClickAsync();
        await Assertions.Expect(page.Locator(".found")).ToContainTextAsync("GONE-1");

        await page.GotoAsync("/locks");
        await opened.UntilLiveAsync();
        await Assertions.Expect(Row(page, "GONE-1")).ToHaveAttributeAsync("data-verdict", new Regex("Green|Amber"));
        await TimeoutsDialog.RunAsync(page, Row(page, "OURS-1").Locator("[data-action=unlock_orders]"), "it hangs");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(Row(page, "OURS-1")).ToHaveCountAsync(0);
        await TimeoutsDialog.RunAsync(page, page.Locator(".page-head [data-action=clean_up_locks], header [data-action=clean_up_locks], [data-action=clean_up_locks]").First, "left behind");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(Row(page, "LEAKED-1")).ToHaveCountAsync(0);
        await Assertions.Expect(Row(page, "FOREIGN-1")).ToHaveCountAsync(1);
        await Assertions.Expect(Row(page, "HASH-1")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#lock-numbers")).ToContainTextAsync("Nothing to do");
        await page.GotoAsync("/orders/OURS-1");
        await Assertions.Expect(page.Locator("#timeline [data-word=forceUnlocked]")).ToContainTextAsync("it hangs");
        await Assertions.Expect(page.Locator("#lock")).ToContainTextAsync("The holder has not come back");
        await ToldLaterAsync(host, page, ours);
        await page.GotoAsync("/locks?order=NOBODY-1");
        await Assertions.Expect(page.Locator(".empty-state")).ToContainTextAsync("Nobody holds the lock of NOBODY-1");
        opened.Errors.ShouldBeEmpty();
        opened.ForeignRequests.ShouldBeEmpty();
    }

    /// <summary>The holder comes back, and two callers wait in a circle: both are told on the pages and in the API, whenever somebody looks.</summary>
    private static async Task ToldLaterAsync(ConsoleHost host, IPage page, IReadOnlyList<LockHandle> ours)
    {
        var unlocks = host.Get<ForceUnlocks>();
        (await unlocks.CameBackAsync(ours, LateHolder.CommitRefused, Cancel)).ShouldBe(1);
        var waits = host.Get<LockWaits>();
        Task<LocksTaken> TakeAsync(string no, IReadOnlyList<LockHandle> held, string owner) => waits.TakeAllAsync([no], held, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1), owner, Cancel);
        var (one, two) = ((await TakeAsync("RING-1", [], "first")).Locks, (await TakeAsync("RING-2", [], "second")).Locks);
        var older = TakeAsync("RING-2", one, "first");
        await Eventually.HoldsAsync(async () => (await waits.WaitingAsync(10, Cancel)).Count == 1, "the first one waits");
        (await host.Http.GetStringAsync(new Uri("api/locks/waits", UriKind.Relative), Cancel)).ShouldContain("\"waiters\":[{\"owner\":\"first\",\"orderNo\":\"RING-2\"");
        (await TakeAsync("RING-1", two, "second")).GaveWay.ShouldBeTrue();
        await host.Get<IOrderLocks>().ReleaseAsync(two, Cancel);
        await host.Get<IOrderLocks>().ReleaseAsync([.. one, .. (await older).Locks], Cancel);
        (await host.Http.GetStringAsync(new Uri("api/locks/waits", UriKind.Relative), Cancel)).ShouldContain("\"gaveWay\":\"second\"");

        await page.GotoAsync("/orders/OURS-1");
        await Assertions.Expect(page.Locator("#lock")).ToContainTextAsync("Late commit refused at");
        await page.GotoAsync($"/operations/{(await unlocks.OfAsync("OURS-1", 1, Cancel)).Single().OperationId}");
        await Assertions.Expect(page.Locator(".late-holders")).ToContainTextAsync("Late commit refused at");
        await page.GotoAsync("/locks");
        await Assertions.Expect(page.Locator("#lock-numbers .late-holders")).ToContainTextAsync("OURS-1");
        await Assertions.Expect(page.Locator("#lock-circles")).ToContainTextAsync("second was the youngest and gave way");
        await Assertions.Expect(page.Locator("#lock-circles")).ToContainTextAsync("first held RING-1 and waited for RING-2");
        await page.HasNoViolationsAsync();
    }

    [Fact]
    public async Task A_hundred_thousand_locks_are_looked_at_without_holding_anybody_up()
    {
        await using var stores = await StoreSetup.CreateAsync(StoreSet.PostgresWithRedis);
        await using var host = await ConsoleHost.StartAsync(stores.Settings(("Timeouts:Enabled", "false")));
        for (var from = 1; from <= 100_000; from += 10_000)
            await stores.Redis.Raw.SendAsync("EVAL", $"for i = {from}, {from + 9_999} do redis.call('SET', 'order_lock:bulk-' .. i, 'x', 'PX', 600000) end return 1", "0");
        await stores.Redis.Raw.SendAsync("SET", "order_lock:worst", "x");

        await using var opened = await browser.OpenAsync(new Uri(host.Address, "locks"), "zh-CN");
        var rows = opened.Page.Locator("table.locks tbody tr");
        var slowest = TimeSpan.Zero;
        await Eventually.HoldsAsync(async () =>
        {
            var asked = System.Diagnostics.Stopwatch.StartNew();
            (await host.Http.GetAsync("/health/live", Cancel)).EnsureSuccessStatusCode();
            if (asked.Elapsed > slowest) slowest = asked.Elapsed;
            return await rows.CountAsync() == 50;
        }, "the page shows locks", TimeSpan.FromSeconds(25));

        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        await Assertions.Expect(opened.Page.Locator(".as-of")).ToContainTextAsync("1,000 个");
        await Assertions.Expect(opened.Page.Locator(".pager-total")).ToContainTextAsync("1,000");
        await Assertions.Expect(rows.First.Locator(".opinion")).ToContainTextAsync("请先确认");
        // A look has five seconds; on a busy machine one may be cut, and says so.
        JsonElement seen = default;
        for (var i = 0; i < 5 && (i == 0 || !seen.GetProperty("totalIsExact").GetBoolean()); i++) seen = await host.Http.GetFromJsonAsync<JsonElement>("/api/locks?pageSize=1", Cancel);
        (seen.GetProperty("totalIsExact").GetBoolean(), seen.GetProperty("total").GetInt64()).ShouldBe((true, 100_001));
        seen.GetProperty("items")[0].GetProperty("orderNo").GetString().ShouldBe("worst");
        await opened.Page.HasNoViolationsAsync();
        opened.Errors.ShouldBeEmpty();
    }

    private static ILocator Row(IPage page, string text) => page.Locator("table.locks tbody tr").Filter(new() { HasText = text });
}
