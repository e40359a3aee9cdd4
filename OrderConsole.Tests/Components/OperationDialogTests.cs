using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>The dialog of every operator action and the receipts, in a real browser.</summary>
[Collection(BrowserCollection.Name)]
public sealed class OperationDialogTests(Browser browser, LiveConsole console)
{
    private static string NewPrefix() => "OD" + Guid.NewGuid().ToString("N")[..6];

    [Theory]
    [InlineData("en-US", ColorScheme.Light, 1280)]
    [InlineData("zh-CN", ColorScheme.Dark, 390)]
    public async Task Previews_a_frozen_list_and_tells_in_the_receipt_what_changed_meanwhile(string locale, ColorScheme scheme, int width)
    {
        var prefix = NewPrefix();
        for (var i = 0; i < 12; i++) (await console.Host.PlaceAsync($"{prefix}-{i:D2}")).EnsureSuccessStatusCode();
        await PayAsync($"{prefix}-11");
        await using var opened = await browser.OpenAsync(console.Address, locale, scheme, width);
        var page = opened.Page;
        await page.GotoAsync($"/orders?search={prefix}");
        await opened.UntilLiveAsync();

        await page.Locator("#selection > button:not([data-action])").First.ClickAsync();
        await page.Locator("[data-action=cancel_orders]").ClickAsync();
        var preview = page.Locator("[data-step=Preview]");
        await Assertions.Expect(preview.Locator(".operation-will")).ToContainTextAsync("11");
        await Assertions.Expect(preview.Locator(".refusals li")).ToHaveCountAsync(1);
        await Assertions.Expect(preview.Locator(".frozen tbody tr")).ToHaveCountAsync(10);
        await preview.Locator(".frozen-steps button").Last.ClickAsync();
        await Assertions.Expect(preview.Locator(".frozen tbody tr")).ToHaveCountAsync(2);
        await page.HasNoViolationsAsync();

        // Somebody pays one of them while the preview stands, somebody else places one more: the list stays what it was.
        await PayAsync($"{prefix}-00");
        (await console.Host.PlaceAsync($"{prefix}-zz")).EnsureSuccessStatusCode();
        await page.Locator("#operation-reason-text").FillAsync("Shop closes " + prefix);
        await page.Locator(".deed").DblClickAsync();

        var receipt = page.Locator("[data-step=Finished]");
        await Assertions.Expect(receipt.Locator(".operation-will")).ToContainTextAsync("10");
        await Assertions.Expect(receipt.Locator(".refusals li").First).ToContainTextAsync("2 ×");
        await Assertions.Expect(receipt.Locator(".frozen tbody tr").First.Locator(".tag")).ToHaveAttributeAsync("data-value", "refused");
        await page.HasNoViolationsAsync();
        (await console.Host.Get<OperationQueries>().PageAsync($"{prefix}-01", 1, 10, CancellationToken.None)).Total.ShouldBe(1);

        await receipt.Locator(".receipt-link a").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/operations/[0-9]+$"));
        await Assertions.Expect(page.Locator("dialog.operation")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#items tbody tr")).ToHaveCountAsync(12);
        await page.Locator(".tabs a").Nth(2).ClickAsync();
        await Assertions.Expect(page.Locator("#items tbody tr")).ToHaveCountAsync(2);
        await page.HasNoViolationsAsync();
        await page.GotoAsync($"/operations?target={prefix}-01");
        await Assertions.Expect(page.Locator("#operations tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#operations")).ToContainTextAsync("Shop closes " + prefix);
        await page.HasNoViolationsAsync();
        opened.Errors.ShouldBeEmpty();
        opened.ForeignRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Asks_for_how_long_offers_the_last_reason_and_is_not_disturbed()
    {
        var no = NewPrefix();
        (await console.Host.PlaceAsync(no)).EnsureSuccessStatusCode();
        await using var opened = await browser.OpenAsync(console.Address);
        var page = opened.Page;
        await page.GotoAsync($"/orders/{no}");
        await opened.UntilLiveAsync();

        await page.Locator("[data-action=extend_orders]").ClickAsync();
        await page.GetByText("Another duration").ClickAsync();
        await page.GetByLabel("Minutes", new() { Exact = true }).FillAsync("0");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".operation-ask .fault")).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();
        await page.GetByLabel("Minutes", new() { Exact = true }).FillAsync("90");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".operation-will")).ToContainTextAsync("1 h 30 min later");

        // Figures come in every second; what is being typed stays, and so does the focus.
        await Assertions.Expect(page.Locator("#operation-reason-text")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Bank is ");
        var at = await page.Locator("#live").GetAttributeAsync("data-at");
        await Eventually.HoldsAsync(async () => await page.Locator("#live").GetAttributeAsync("data-at") != at, "new figures came");
        await page.Keyboard.TypeAsync("slow");
        await Assertions.Expect(page.Locator("#operation-reason-text")).ToHaveValueAsync("Bank is slow");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-step=Finished]")).ToContainTextAsync("1 h 30 min later");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#timeline [data-word=extended]")).ToContainTextAsync("1 h 30 min");

        await page.Locator("[data-action=cancel_orders]").ClickAsync();
        await page.Locator(".last-reasons button", new() { HasText = "Bank is slow" }).ClickAsync();
        await Assertions.Expect(page.Locator("#operation-reason-text")).ToHaveValueAsync("Bank is slow");
        await PayAsync(no);
        await page.Locator(".deed").ClickAsync();
        await Assertions.Expect(page.Locator("[data-step=Finished] .refusals")).ToContainTextAsync("Paid or cancelled already");
        await page.Locator(".leave").ClickAsync();
        await Assertions.Expect(page.Locator(".order-head .tag")).ToHaveAttributeAsync("data-value", "Paid");
        opened.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Shows_what_a_console_that_died_left_and_that_it_goes_on()
    {
        var no = NewPrefix();
        (await console.Host.PlaceAsync(no)).EnsureSuccessStatusCode();
        var database = console.Host.Get<OrderDatabase>();
        var operation = await console.Host.Get<OperationGate>().PrepareAsync(CancelOrders.ActionName, TargetSelection.Of(no), OperationParameters.None, Operator.System("Ann"), CancellationToken.None);
        await using var opened = await browser.OpenAsync(console.Address);
        await opened.UntilLiveAsync();
        // Too young to be taken over at once: its console may just not have written its sign of life.
        await database.WriteAsync(async db =>
        {
            await using var command = db.Command($"UPDATE operations SET state = 1, node = 'gone:1', reason = 'test', started_at = {TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()} WHERE id = {operation.Id}");
            return await command.ExecuteNonQueryAsync();
        }, CancellationToken.None);

        await opened.Page.GotoAsync($"/operations/{operation.Id}");
        await Assertions.Expect(opened.Page.Locator("progress")).ToBeVisibleAsync();
        await Assertions.Expect(opened.Page.Locator(".operation-fault")).ToContainTextAsync("gone:1");
        await opened.Page.HasNoViolationsAsync();

        await Assertions.Expect(opened.Page.Locator(".receipt")).ToContainTextAsync("1 order was cancelled", new() { Timeout = 60_000 });
        await Assertions.Expect(opened.Page.Locator("#items .tag")).ToHaveAttributeAsync("data-value", "done");
        opened.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_read_only_console_says_so_and_one_that_comes_back_is_usable_again()
    {
        await using var own = await ConsoleProcess.StartAsync([new("Operations:ReadOnly", "true")]);
        await own.UntilReadingAsync();
        (await own.Http.PutAsJsonAsync("/api/stock/tea", new { available = 5 }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        (await own.Http.PostAsJsonAsync("/api/orders", new { orderNo = "RO-1", currency = "CNY", lines = new[] { new { sku = "tea", quantity = 1, unitPrice = 10m } } }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await using var opened = await browser.OpenAsync(own.Address);
        await opened.Page.GotoAsync("/orders/RO-1");
        await opened.UntilLiveAsync();
        await opened.Page.Locator("[data-action=cancel_orders]").ClickAsync();
        await Assertions.Expect(opened.Page.Locator(".operation-fault")).ToContainTextAsync("read-only");
        await opened.Page.HasNoViolationsAsync();
        opened.Errors.ShouldBeEmpty();

        await own.KillAsync();
        await Assertions.Expect(opened.Page.Locator("#live .is-stale")).ToBeAttachedAsync();
        await opened.Page.EvaluateAsync("window.isTheOldPage = true");
        await own.RestartAsync([new("Operations:ReadOnly", "false")]);
        await Eventually.HoldsAsync(() => opened.Page.EvaluateAsync<bool>("!window.isTheOldPage"), "the page was loaded anew", TimeSpan.FromSeconds(60));
        await opened.UntilLiveAsync();
        await opened.Page.Locator("[data-action=cancel_orders]").ClickAsync();
        await opened.Page.Locator("#operation-reason-text").FillAsync("test");
        await opened.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(opened.Page.Locator("[data-step=Finished]")).ToContainTextAsync("1 order was cancelled");
    }

    private async Task PayAsync(string no) =>
        (await console.Host.Http.PostAsJsonAsync($"/api/orders/{no}/payment", new { paymentId = "pay-" + no, amount = 10m })).EnsureSuccessStatusCode();
}
