using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrderConsole.Core.Operations;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>The list of orders and an order's page, used as a person uses them.</summary>
[Collection(BrowserCollection.Name)]
public sealed class OrdersPageTests(Browser browser, LiveConsole console)
{
    private static string NewPrefix() => "OP" + Guid.NewGuid().ToString("N")[..6];

    [Fact]
    public async Task Filters_sorts_pages_and_keeps_all_of_it_in_the_address()
    {
        var prefix = NewPrefix();
        for (var i = 0; i < 30; i++) (await console.Host.PlaceAsync($"{prefix}-{i:D2}", window: i % 2 == 0 ? "00:20:00" : "02:00:00")).EnsureSuccessStatusCode();
        await PayAsync($"{prefix}-29");
        await using var opened = await browser.OpenAsync(console.Address);
        var page = opened.Page;
        await page.GotoAsync("/orders");
        await opened.UntilLiveAsync();

        await page.Locator("[data-search]").FillAsync(prefix);
        await page.Locator("#filter-status").SelectOptionAsync("pending");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"search={prefix}.*status=pending"));
        await Assertions.Expect(page.Locator(".pager-total")).ToHaveTextAsync("29 orders");
        await page.Locator(".pager-sizes a", new() { HasText = "25" }).ClickAsync();
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(25);
        await page.Locator("th .sort", new() { HasText = "Deadline" }).ClickAsync();
        await Assertions.Expect(Rows(page).First).ToContainTextAsync($"{prefix}-00");
        await page.Locator("th .sort", new() { HasText = "Deadline" }).ClickAsync();
        await Assertions.Expect(Rows(page).First).ToContainTextAsync($"{prefix}-27");

        // Ticks outlive paging, sorting and figures that come in between.
        await Tick(page, $"{prefix}-27").CheckAsync();
        await Tick(page, $"{prefix}-25").CheckAsync();
        await page.GetByLabel("Next page").ClickAsync();
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(4);
        await Tick(page, $"{prefix}-00").CheckAsync();
        await Assertions.Expect(page.Locator(".selection-words")).ToHaveTextAsync("3 selected on 2 pages");
        (await console.Host.PlaceAsync($"{prefix}-new")).EnsureSuccessStatusCode();
        await Assertions.Expect(page.Locator(".newer button")).ToBeVisibleAsync(new() { Timeout = 10_000 });
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(4);
        await Assertions.Expect(Tick(page, $"{prefix}-00")).ToBeCheckedAsync();
        await page.Locator(".newer button").ClickAsync();
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator(".selection-words")).ToHaveTextAsync("3 selected on 2 pages");

        // Who has the address has the view.
        await using var other = await browser.OpenAsync(console.Address, "zh-CN");
        await other.Page.GotoAsync(page.Url);
        await Assertions.Expect(Rows(other.Page)).ToHaveCountAsync(5);
        await Assertions.Expect(other.Page.Locator(".pager-total")).ToContainTextAsync("30");
        (await other.Page.GetByText("导出 CSV").GetAttributeAsync("href")).ShouldBe($"/api/orders/export?search={prefix}&status=pending&sort=DeadlineLast");

        await page.GotoAsync($"/orders?search={prefix}&status=lost");
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("status");
        await page.GotoAsync("/orders?search=NOBODY-HAS-THIS");
        await Assertions.Expect(page.Locator(".empty-state")).ToContainTextAsync("No order matches");
        opened.Errors.Concat(other.Errors).ShouldBeEmpty();
        opened.ForeignRequests.Concat(other.ForeignRequests).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en-US", "Cancel now", "Cancel this order", "1 order was cancelled")]
    [InlineData("zh-CN", "立即取消", "取消该订单", "已取消 1 个订单")]
    public async Task Keys_alone_find_an_order_read_its_timeline_and_cancel_it(string locale, string open, string deed, string receipt)
    {
        var no = NewPrefix();
        (await console.Host.PlaceAsync(no)).EnsureSuccessStatusCode();
        await using var opened = await browser.OpenAsync(console.Address, locale);
        await opened.UntilLiveAsync();
        var (page, keys) = (opened.Page, opened.Page.Keyboard);

        await keys.PressAsync("g");
        await keys.PressAsync("o");
        // The new page's heading takes the focus once; a key pressed before that would race with it.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/orders$"));
        await page.Locator("[data-search]").WaitForAsync();
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#orders, .empty-state").First).ToBeVisibleAsync();
        await keys.PressAsync("/");
        await Assertions.Expect(page.Locator("[data-search]")).ToBeFocusedAsync();
        await keys.TypeAsync(no);
        await keys.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/orders/{no}$"));
        await Assertions.Expect(page.Locator("#timeline li")).ToHaveCountAsync(8);
        await Assertions.Expect(page.Locator("#timeline li.done")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#entry .tag")).ToHaveAttributeAsync("data-value", "scheduled", new() { Timeout = 10_000 });

        var button = page.GetByRole(AriaRole.Button, new() { Name = open, Exact = true });
        for (var i = 0; i < 40 && !await button.EvaluateAsync<bool>("b => b === document.activeElement"); i++) await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#operation-reason-text")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".deed")).ToHaveTextAsync(deed);
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-step=Preview]")).ToBeVisibleAsync();
        await keys.TypeAsync("Customer called");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-step=Finished]")).ToContainTextAsync(receipt);
        await keys.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#timeline [data-word=cancelled]")).ToContainTextAsync("Customer called");
        await Assertions.Expect(page.Locator("#timeline li")).ToHaveCountAsync(2);
        await Assertions.Expect(button).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#order-operations li")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#ledger tbody tr")).ToHaveCountAsync(2);
        opened.Errors.ShouldBeEmpty();
        opened.ForeignRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_open_page_follows_its_order_until_it_is_final()
    {
        var no = NewPrefix();
        (await console.Host.PlaceAsync(no, window: "00:00:03")).EnsureSuccessStatusCode();
        await using var opened = await browser.OpenAsync(console.Address);
        await opened.Page.GotoAsync($"/orders/{no}");

        await Assertions.Expect(opened.Page.Locator(".order-head .tag")).ToHaveAttributeAsync("data-value", "Cancelled", new() { Timeout = 20_000 });
        await Assertions.Expect(opened.Page.Locator("#timeline li.done")).ToHaveCountAsync(8);
        (await opened.Page.Locator("#timeline li").EvaluateAllAsync<string[]>("all => all.map(li => li.dataset.word)"))
            .ShouldBe(["scheduled", "due", "claimed", "checked", "locked", "cancelled", "released", "shown"]);
        await Assertions.Expect(opened.Page.Locator("#timeline [data-word=claimed] .step-facts")).ToContainTextAsync("attempt 1");
        await Assertions.Expect(opened.Page.Locator("#timeline [data-word=due] .after")).ToContainTextAsync("+");

        await PayAsync(no);
        await opened.Page.ReloadAsync();
        await Assertions.Expect(opened.Page.Locator("#payments .tag")).ToHaveAttributeAsync("data-value", "Late");
        await Assertions.Expect(opened.Page.Locator("#timeline [data-word=paymentRecorded]")).ToBeVisibleAsync();

        await opened.Page.GotoAsync($"/orders/{no}X");
        await Assertions.Expect(opened.Page.Locator(".empty-state")).ToContainTextAsync($"There is no order {no}X");
        await opened.Page.GetByText("Orders that begin with").ClickAsync();
        await Assertions.Expect(opened.Page.Locator("#orders")).ToContainTextAsync(no);
        opened.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Has_no_accessibility_violations_and_fits(ColorScheme scheme, int width)
    {
        var (no, cancelled) = (NewPrefix(), NewPrefix());
        (await console.Host.PlaceAsync(no)).EnsureSuccessStatusCode();
        (await console.Host.PlaceAsync(cancelled)).EnsureSuccessStatusCode();
        await console.Host.Get<OperationGate>().DoNowAsync(CancelOrders.ActionName, cancelled, OperationParameters.None, "test", Operator.System("Ann"), CancellationToken.None);
        await PayAsync(cancelled);
        await using var opened = await browser.OpenAsync(console.Address, scheme: scheme, width: width, height: 844);

        foreach (var path in new[] { "/orders?totalFrom=1", $"/orders/{no}", $"/orders/{cancelled}", "/orders/NOBODY", "/operations", "/operations?target=NOBODY", "/operations/999999" })
        {
            await opened.Page.GotoAsync(path);
            await opened.UntilLiveAsync();
            await opened.Page.Locator("h1").WaitForAsync();
            await opened.Page.Locator(".skeleton").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
            await opened.Page.HasNoViolationsAsync(path);
            (await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, path);
        }
        opened.Errors.ShouldBeEmpty();
    }

    private async Task PayAsync(string no) =>
        (await console.Host.Http.PostAsJsonAsync($"/api/orders/{no}/payment", new { paymentId = "pay-" + no, amount = 10m })).EnsureSuccessStatusCode();

    private static ILocator Rows(IPage page) => page.Locator("#orders tbody tr");

    private static ILocator Tick(IPage page, string no) => page.Locator("#orders").GetByLabel(no, new() { Exact = false }).And(page.GetByRole(AriaRole.Checkbox));
}
