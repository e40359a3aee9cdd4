using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OrderConsole.Core.Data;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Queue.Database;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>The page of the timeouts, used as a person uses it; nobody works on the queue but the person.</summary>
[Collection(OwnConsoleCollection.Name)]
public sealed class TimeoutsPageTests(Browser browser)
{
    private const string Error = "PostgresException: deadlock detected\n   at OrderConsole.Core.Orders.OrderCanceller.CancelAsync()";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Selected_rows_of_two_pages_and_then_all_of_a_tab_are_put_back_and_what_can_not_be_is_told()
    {
        await using var host = await StartAsync(orders: 32);
        await DieAsync(host, Enumerable.Range(1, 30).Select(No));
        await AddMalformedAsync(host);
        await using var opened = await browser.OpenAsync(new Uri(host.Address, "timeouts?state=dead&size=25"));
        await opened.UntilLiveAsync();
        var (page, rows) = (opened.Page, opened.Page.Locator("table.timeouts tbody tr"));
        await Assertions.Expect(rows).ToHaveCountAsync(25);
        await Assertions.Expect(Tab(page, "dead")).ToContainTextAsync("31");
        var first = await rows.First.GetAttributeAsync("data-entry");
        await rows.First.Locator("summary").ClickAsync();
        await Assertions.Expect(rows.First.Locator("pre")).ToContainTextAsync("OrderCanceller.CancelAsync()");
        await Assertions.Expect(rows.First).ToContainTextAsync("8 failed, 0 crashed");
        await TimeoutsDialog.HasNoViolationsAsync(opened, ".card table, .empty-state");

        await rows.First.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(6);
        await rows.First.GetByRole(AriaRole.Checkbox).CheckAsync();
        await Assertions.Expect(page.Locator(".selection")).ToContainTextAsync("2 selected");

        await DieAsync(host, [No(31)]);
        await Assertions.Expect(page.Locator(".as-of")).ToContainTextAsync("1 newer, refresh to show.", new() { Timeout = 15_000 });
        await Assertions.Expect(rows).ToHaveCountAsync(6);
        await page.GetByRole(AriaRole.Link, new() { Name = "Previous page" }).ClickAsync();
        await Assertions.Expect(page.Locator($"[data-entry='{first}']").GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator(".selection")).ToContainTextAsync("2 selected");

        await TimeoutsDialog.RunAsync(page, page.Locator(".selection [data-action=requeue_timeouts]"), "mended");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(page.Locator(".selection")).ToContainTextAsync("0 selected");
        await Assertions.Expect(Tab(page, "due")).ToContainTextAsync("2", new() { Timeout = 15_000 });
        await Assertions.Expect(Tab(page, "dead")).ToContainTextAsync("30");

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Select everything") }).ClickAsync();
        await Assertions.Expect(page.Locator(".selection")).ToContainTextAsync("Everything in this tab is selected");
        var receipt = await TimeoutsDialog.RunAsync(page, page.Locator(".selection [data-action=requeue_timeouts]"), "mended too");
        await Assertions.Expect(receipt.Locator(".receipt")).ToContainTextAsync("29");
        await Assertions.Expect(receipt).ToContainTextAsync("1 ×");
        await TimeoutsDialog.CloseAsync(page);

        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await Assertions.Expect(rows.First).ToContainTextAsync(@"\x00\xff<b>weird</b>\u{202E}");
        await Assertions.Expect(rows.First).ToContainTextAsync("Not an order number");
        await Assertions.Expect(rows.First.Locator("input, .button")).ToHaveCountAsync(0);
        await page.GotoAsync("/timeouts?state=retrying");
        await Assertions.Expect(page.Locator(".empty-state")).ToContainTextAsync("all went at the first try");
        await TimeoutsDialog.HasNoViolationsAsync(opened, ".card table, .empty-state");
        opened.Errors.ShouldBeEmpty();
        opened.ForeignRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dead_letter_is_found_and_put_back_by_keyboard_alone_in_chinese()
    {
        await using var host = await StartAsync(orders: 3);
        await DieAsync(host, [No(2)]);
        await using var opened = await browser.OpenAsync(host.Address, "zh-CN");
        await opened.UntilLiveAsync();
        var (page, keys) = (opened.Page, opened.Page.Keyboard);

        await keys.PressAsync("g");
        await keys.PressAsync("t");
        await Assertions.Expect(page.Locator("table.timeouts")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
        await keys.PressAsync("/");
        await keys.TypeAsync(No(2));
        await keys.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($@"/timeouts\?find={No(2)}&state=dead$"));
        await Assertions.Expect(page.Locator(".found")).ToContainTextAsync("取消时出错");
        var putBack = page.Locator(".found [data-action=requeue_timeouts]");
        for (var tries = 0; tries < 15 && !await putBack.EvaluateAsync<bool>("e => e === document.activeElement"); tries++) await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator($"#{OrderConsole.Components.Operations.ReasonForm.Id}-text")).ToBeFocusedAsync(new() { Timeout = 10_000 });
        await keys.TypeAsync("数据库已恢复");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-step=Finished]")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await keys.PressAsync("Escape");

        await Assertions.Expect(page.Locator(".found .tag[data-value=due]")).ToBeVisibleAsync();
        (await host.Get<IQueueInspector>().FindAsync(No(2), Cancel)).ShouldNotBeNull().State.ShouldBe(QueueState.Due);
        opened.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Single_entries_are_cancelled_and_extended_and_numbers_that_the_queue_does_not_know_are_explained()
    {
        await using var host = await StartAsync(orders: 3);
        (await host.Http.PostAsJsonAsync($"/api/orders/{No(3)}/cancel", new { reason = "test" }, Cancel)).EnsureSuccessStatusCode();
        await host.Get<ITimeoutQueue>().UnscheduleAsync([No(3)], Cancel);
        await using var opened = await browser.OpenAsync(new Uri(host.Address, "timeouts"));
        await opened.UntilLiveAsync();
        var page = opened.Page;
        await Assertions.Expect(Entry(page, No(1))).ToContainTextAsync("8 attempts left");

        await TimeoutsDialog.RunAsync(page, Entry(page, No(1)).Locator("[data-action=cancel_orders]"), "customer called");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(Entry(page, No(1))).ToHaveCountAsync(0);
        await Entry(page, No(2)).Locator("[data-action=extend_orders]").ClickAsync();
        await page.Locator(".modal-actions .primary").ClickAsync();
        await TimeoutsDialog.AnswerAsync(page, "customer asked");
        await TimeoutsDialog.CloseAsync(page);
        (await host.Http.GetStringAsync($"/api/orders/{No(1)}", Cancel)).ShouldContain("customer called");
        (await host.Http.GetStringAsync($"/api/orders/{No(2)}", Cancel)).ShouldContain("xtended");

        foreach (var (name, words) in new[] { (No(3), "paid or cancelled already"), ("NOBODY-1", "No order has this number either"), ("no number!", "No order can have such a number") })
        {
            await page.Locator("[data-search]").FillAsync(name);
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator(".found")).ToContainTextAsync(words);
        }
        await host.Get<OrderDatabase>().WriteAsync(db => db.OrderTimeouts.Where(r => r.OrderNo == No(2)).ExecuteDeleteAsync(Cancel), Cancel);
        await page.GotoAsync($"/timeouts?find={No(2)}");
        await Assertions.Expect(page.Locator(".found")).ToContainTextAsync("it should be here");
        await TimeoutsDialog.RunAsync(page, page.Locator(".found [data-action=requeue_timeouts]"), "was lost");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(page.Locator(".found .tag[data-value=scheduled]")).ToBeVisibleAsync();
        opened.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_redis_too_claims_show_their_owner_and_dead_letters_are_put_back()
    {
        await using var redis = await RedisServer.StartAsync("--appendonly", "yes");
        await using var host = await StartAsync(orders: 6, new("Queue:Store", "Redis"), new("Locks:Store", "Redis"), new("ConnectionStrings:Redis", redis.ConnectionString));
        var queue = host.Get<ITimeoutQueue>();
        await queue.ScheduleAsync([.. Enumerable.Range(1, 5).Select(i => new ScheduledTimeout(No(i), TimeProvider.System.GetUtcNow().AddMinutes(-1)))], Cancel);
        var claims = (await queue.ClaimDueAsync(10, TimeSpan.FromMinutes(5), "worker-7:4711", Cancel)).Claims;
        claims.Count.ShouldBe(5);
        await queue.ReleaseAsync([.. claims.Skip(2).Select(c => ClaimRelease.DeadLetter(c, DeadLetterReasons.Failed, Error))], Cancel);

        await using var opened = await browser.OpenAsync(new Uri(host.Address, "timeouts?state=claimed"));
        await opened.UntilLiveAsync();
        var (page, rows) = (opened.Page, opened.Page.Locator("table.timeouts tbody tr"));
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(rows.First).ToContainTextAsync("worker-7:4711");
        await Assertions.Expect(rows.First).ToContainTextAsync(new Regex("ends in [345] min"));
        await page.HasNoViolationsAsync();

        await Tab(page, "dead").ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Select everything") }).ClickAsync();
        var receipt = await TimeoutsDialog.RunAsync(page, page.Locator(".selection [data-action=requeue_timeouts]"), "mended");
        await Assertions.Expect(receipt.Locator(".receipt")).ToContainTextAsync("3");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(page.Locator(".empty-state")).ToBeVisibleAsync();
        (await host.Get<IQueueInspector>().CountAsync(Cancel)).ShouldSatisfyAllConditions(c => c.Due.ShouldBe(3), c => c.Claimed.ShouldBe(2), c => c.Dead.ShouldBe(0), c => c.Scheduled.ShouldBe(1));
        opened.Errors.ShouldBeEmpty();
    }

    private static string No(int i) => $"ENTRY-{i:D3}";

    private static ILocator Tab(IPage page, string state) => page.Locator($".tabs a[href$='state={state}']");

    private static ILocator Entry(IPage page, string no) => page.Locator($"table.timeouts [data-entry='{no}']");

    private static async Task<ConsoleHost> StartAsync(int orders, params KeyValuePair<string, string?>[] settings)
    {
        var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false"), .. settings]);
        await host.SetStockAsync("tea", 1_000);
        for (var i = 1; i <= orders; i++) (await host.PlaceAsync(No(i))).EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => (await host.Get<IQueueInspector>().CountAsync(Cancel)).Scheduled == orders, "all are scheduled");
        return host;
    }

    private static Task<int> DieAsync(ConsoleHost host, IEnumerable<string> numbers)
    {
        string[] dead = [.. numbers];
        return host.Get<OrderDatabase>().WriteAsync(db => db.OrderTimeouts.Where(r => dead.Contains(r.OrderNo)).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.State, QueueRowState.Dead).SetProperty(r => r.At, TimeProvider.System.GetUtcNow()).SetProperty(r => r.Failed, 8)
            .SetProperty(r => r.Reason, DeadLetterReasons.Failed).SetProperty(r => r.Detail, Error), Cancel), Cancel);
    }

    private static Task<int> AddMalformedAsync(ConsoleHost host) => host.Get<OrderDatabase>().WriteAsync(db =>
    {
        db.Add(new QueueRow
        {
            OrderNo = "\\x00\\xff<b>weird</b>\u202E", State = QueueRowState.Dead, At = TimeProvider.System.GetUtcNow().AddHours(-1), DueAt = TimeProvider.System.GetUtcNow(),
            Reason = DeadLetterReasons.Malformed,
        });
        return db.SaveChangesAsync(Cancel);
    }, Cancel);
}
