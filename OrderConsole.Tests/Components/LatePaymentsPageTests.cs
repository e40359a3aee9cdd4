using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using OrderConsole.Core.Orders;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>The page of late and duplicate payments, and what deciding about them does to orders and stock.</summary>
[Collection(OwnConsoleCollection.Name)]
public sealed class LatePaymentsPageTests(Browser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Late_payments_are_refunded_and_reinstated_until_none_is_left()
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        await host.SetStockAsync("tea", 10);
        await host.SetStockAsync("rare", 1);
        foreach (var (no, sku) in new[] { ("REFUND-1", "tea"), ("BACK-1", "tea"), ("SHORT-1", "rare"), ("TWICE-1", "tea") })
        {
            (await host.PlaceAsync(no, sku)).EnsureSuccessStatusCode();
            if (no != "TWICE-1") (await host.Http.PostAsJsonAsync($"/api/orders/{no}/cancel", new { reason = "test" }, Cancel)).EnsureSuccessStatusCode();
            else await PayAsync(host, no, "pay-in-time", HttpStatusCode.OK);
            await PayAsync(host, no, "pay-" + no, HttpStatusCode.Accepted);
        }
        await host.SetStockAsync("rare", 0);
        await using var opened = await browser.OpenAsync(new Uri(host.Address, "late-payments"));
        await opened.UntilLiveAsync();
        var (page, rows) = (opened.Page, opened.Page.Locator("table.payments tbody tr"));
        var badge = page.Locator(".pages [data-page=payments] .badge");
        await Assertions.Expect(rows).ToHaveCountAsync(4);
        await Assertions.Expect(badge).ToContainTextAsync("4 payments to decide about", new() { Timeout = 15_000 });
        await Assertions.Expect(Row(page, "SHORT-1")).ToContainTextAsync("No: too little of rare");
        await Assertions.Expect(Row(page, "SHORT-1").Locator("[data-action=reinstate_orders]")).ToHaveCountAsync(0);
        await Assertions.Expect(Row(page, "TWICE-1")).ToContainTextAsync("Duplicate");
        await Assertions.Expect(Row(page, "TWICE-1").Locator("[data-action=reinstate_orders]")).ToHaveCountAsync(0);
        await Assertions.Expect(Row(page, "BACK-1")).ToContainTextAsync("after the cancel");
        await TimeoutsDialog.HasNoViolationsAsync(opened, ".card table, .empty-state");

        await TimeoutsDialog.RunAsync(page, Row(page, "REFUND-1").Locator("[data-action=refund_payments]"), "customer wants it back", "RF-4711");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await TimeoutsDialog.RunAsync(page, Row(page, "BACK-1").Locator("[data-action=reinstate_orders]"), "stock is there");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        (await host.Get<OrderQueries>().RowAsync("BACK-1", Cancel)).ShouldNotBeNull().Status.ShouldBe(OrderStatus.Paid);
        var tea = (await host.Get<StockLevels>().FindAsync("tea", Cancel)).ShouldNotBeNull();
        (tea.Available, tea.Reserved, tea.Sold).ShouldBe((8, 0, 2));

        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all rows of this page" }).CheckAsync();
        var refused = await TimeoutsDialog.PreviewAsync(page, page.Locator(".selection [data-action=reinstate_orders]"));
        await Assertions.Expect(refused).ToContainTextAsync("pay-SHORT-1");
        await TimeoutsDialog.CloseAsync(page);
        // More than was on the page when it was read: everything is what waits when the preview is made.
        (await host.PlaceAsync("LAST-1")).EnsureSuccessStatusCode();
        await PayAsync(host, "LAST-1", "pay-in-time-too", HttpStatusCode.OK);
        await PayAsync(host, "LAST-1", "pay-LAST-1", HttpStatusCode.Accepted);
        await page.GetByRole(AriaRole.Button, new() { Name = "Select everything to decide" }).ClickAsync();
        await TimeoutsDialog.RunAsync(page, page.Locator(".selection [data-action=refund_payments]"), "nothing else to do", "RF-4712");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(page.Locator(".empty-state")).ToContainTextAsync("None is good news");
        await Assertions.Expect(badge).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        await TimeoutsDialog.HasNoViolationsAsync(opened, ".card table, .empty-state");

        await page.Locator(".tabs a[href$='tab=decided']").ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(5);
        await Assertions.Expect(Row(page, "REFUND-1")).ToContainTextAsync("Refunded");
        await Assertions.Expect(Row(page, "REFUND-1")).ToContainTextAsync("RF-4711");
        await Assertions.Expect(Row(page, "REFUND-1")).ToContainTextAsync("operator");
        await Assertions.Expect(Row(page, "BACK-1")).ToContainTextAsync("Order reinstated");
        await TimeoutsDialog.HasNoViolationsAsync(opened, ".card table, .empty-state");
        opened.Errors.ShouldBeEmpty();
        opened.ForeignRequests.ShouldBeEmpty();

        await using var chinese = await browser.OpenAsync(new Uri(host.Address, "late-payments?tab=decided"), "zh-CN");
        await Assertions.Expect(Row(chinese.Page, "BACK-1")).ToContainTextAsync("订单已恢复");
        chinese.Errors.ShouldBeEmpty();
    }

    private static ILocator Row(IPage page, string orderNo) => page.Locator($"table.payments [data-payment='pay-{orderNo}']");

    private static async Task PayAsync(ConsoleHost host, string no, string paymentId, HttpStatusCode status) =>
        (await host.Http.PostAsJsonAsync($"/api/orders/{no}/payment", new { paymentId, amount = 10m }, Cancel)).StatusCode.ShouldBe(status);

}
