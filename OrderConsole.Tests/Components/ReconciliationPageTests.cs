using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OrderConsole.Core.Data;
using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>The page of reconciliation and the box that tells why an order is still here; nobody works on the queue but the person.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ReconciliationPageTests(Browser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Differences_are_counted_listed_and_repaired_class_by_class_and_one_by_one()
    {
        await using var host = await StartAsync("LOST-1", "LOST-2", "LATE-1", "FINE-1");
        await host.Get<IQueueInspector>().RemoveAsync(["LOST-1", "LOST-2"], Cancel);
        var now = TimeProvider.System.GetUtcNow();
        await host.Get<ITimeoutQueue>().ScheduleAsync([new("GHOST-1", now.AddHours(1)), new("GHOST-2", now.AddHours(1)), new("LATE-1", now.AddHours(2))], Cancel);

        await using var opened = await browser.OpenAsync(new Uri(host.Address, "reconciliation"));
        await opened.UntilLiveAsync();
        var (page, rows) = (opened.Page, opened.Page.Locator("table.drift-list tbody tr"));
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(Class(page, DriftClass.Lost)).ToContainTextAsync("2 orders");
        await Assertions.Expect(Class(page, DriftClass.Ghost)).ToContainTextAsync("2 entries");
        await Assertions.Expect(Class(page, DriftClass.WrongDueTime)).ToContainTextAsync("1 entry");
        await Assertions.Expect(Class(page, DriftClass.DeadLetter)).ToContainTextAsync("0 entries");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("4 orders that wait for payment");
        await TimeoutsDialog.HasNoViolationsAsync(opened, "table.drift");

        var receipt = await TimeoutsDialog.RunAsync(page, Class(page, DriftClass.Lost).Locator("[data-action=schedule_timeouts]"), "the queue was emptied by mistake");
        await Assertions.Expect(receipt).ToContainTextAsync("2 orders stand in the queue at their deadlines.");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(Class(page, DriftClass.Lost)).ToContainTextAsync("0 orders", new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator(".empty-state")).ToContainTextAsync("Nothing of this kind");

        await Class(page, DriftClass.Ghost).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("class=ghost"));
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("[data-row=GHOST-1]")).ToContainTextAsync("No such order");
        await TimeoutsDialog.RunAsync(page, page.Locator("[data-row=GHOST-1] [data-action=remove_entries]"), "written by a test of the shop");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(rows).ToHaveCountAsync(1, new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("[data-row=GHOST-2]")).ToBeVisibleAsync();

        await host.Get<IQueueInspector>().RemoveAsync(["GHOST-2"], Cancel);
        await Assertions.Expect(Class(page, DriftClass.Ghost)).ToContainTextAsync("0 entries", new() { Timeout = 30_000 });
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".drift-rows [role=status]")).ToContainTextAsync("It is 0 now");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare now" }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        opened.Errors.ShouldBeEmpty();
        opened.ForeignRequests.ShouldBeEmpty();

        await host.Get<IQueueInspector>().RemoveAsync(["FINE-1"], Cancel);
        await using var chinese = await browser.OpenAsync(new Uri(host.Address, "reconciliation"), "zh-CN", width: 390);
        await chinese.UntilLiveAsync();
        await chinese.Page.GetByRole(AriaRole.Button, new() { Name = "立即核对" }).ClickAsync();
        await Assertions.Expect(Class(chinese.Page, DriftClass.Lost)).ToContainTextAsync("丢失", new() { Timeout = 15_000 });
        await Assertions.Expect(chinese.Page.Locator("[data-row=FINE-1]")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await TimeoutsDialog.HasNoViolationsAsync(chinese, "table.drift");
        chinese.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_box_on_every_page_tells_why_an_order_is_still_here_and_what_is_safe_to_do()
    {
        await using var host = await StartAsync("LOST-1", "FINE-1");
        await host.Get<IQueueInspector>().RemoveAsync(["LOST-1"], Cancel);

        await using var opened = await browser.OpenAsync(new Uri(host.Address, "operations"), "zh-CN");
        await opened.UntilLiveAsync();
        var (page, box) = (opened.Page, opened.Page.Locator("#why-box"));
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("为什么");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(box.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("FINE-1");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(box.Locator("[data-verdict=NotDue]")).ToContainTextAsync("一切正常");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(box).ToBeHiddenAsync();

        await page.Locator("[data-opens=why-box]").ClickAsync();
        await Assertions.Expect(box.GetByRole(AriaRole.Textbox)).ToHaveValueAsync("");
        await box.GetByRole(AriaRole.Textbox).FillAsync("NOBODY");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(box.Locator("[data-verdict=Unknown]")).ToBeVisibleAsync();
        await box.GetByRole(AriaRole.Textbox).FillAsync("LOST-1");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(box.Locator("[data-verdict=Lost]")).ToContainTextAsync("队列中没有它");
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.HasNoViolationsAsync();
        }
        await box.GetByRole(AriaRole.Link, new() { Name = "LOST-1" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/orders/LOST-1$"));
        await Assertions.Expect(box).ToBeHiddenAsync();

        var card = page.Locator("#why");
        await Assertions.Expect(card.Locator("[data-verdict=Lost]")).ToBeVisibleAsync();
        await TimeoutsDialog.RunAsync(page, card.Locator("[data-action=schedule_timeouts]"), "队列被误清空");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(card.Locator("[data-verdict=NotDue]")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await TimeoutsDialog.HasNoViolationsAsync(opened, "#why [data-verdict]");
        opened.Errors.ShouldBeEmpty();
    }

    private static ILocator Class(IPage page, DriftClass drift) => page.Locator($"tr[data-drift={drift}]");

    /// <summary>A console whose orders were placed a while ago and are scheduled.</summary>
    private static async Task<ConsoleHost> StartAsync(params string[] orders)
    {
        var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        await host.SetStockAsync("tea", 1_000);
        foreach (var no in orders) (await host.PlaceAsync(no)).EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => (await host.Get<IQueueInspector>().CountAsync(Cancel)).Scheduled == orders.Length, "all are scheduled");
        await host.Get<OrderDatabase>().WriteAsync(db => db.Orders.ExecuteUpdateAsync(u => u.SetProperty(o => o.CreatedAt, TimeProvider.System.GetUtcNow().AddMinutes(-1)), Cancel), Cancel);
        return host;
    }
}
