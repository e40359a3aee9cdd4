using Microsoft.Playwright;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

[Collection(BrowserCollection.Name)]
public sealed class OverviewTests(Browser browser, LiveConsole console)
{
    [Theory]
    [InlineData("en-US", "en", "Expired, still pending", "Live")]
    [InlineData("zh-CN", "zh-Hans", "已过期待取消订单", "实时")]
    public async Task Speaks_the_browsers_language_without_errors_or_foreign_requests(string locale, string language, string title, string live)
    {
        await using var opened = await browser.OpenAsync(console.Address, locale);
        await opened.UntilLiveAsync();

        (await opened.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language);
        await Assertions.Expect(opened.Page.Locator("#expired h2")).ToHaveTextAsync(title);
        await Assertions.Expect(opened.Page.Locator("#live .is-live")).ToHaveTextAsync(live);
        opened.Errors.ShouldBeEmpty();
        opened.ForeignRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Changes_language_and_theme_and_remembers_them()
    {
        await using var opened = await browser.OpenAsync(console.Address);
        await opened.UntilLiveAsync();

        await opened.Page.GetByText("中文").ClickAsync();
        await Assertions.Expect(opened.Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-Hans");
        await opened.Page.GetByTitle("深色主题").ClickAsync();
        await Assertions.Expect(opened.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await opened.Page.GotoAsync("/");
        await Assertions.Expect(opened.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Assertions.Expect(opened.Page.Locator("h1")).ToHaveTextAsync("总览");
        opened.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Shows_a_placed_order_and_its_cancel_without_a_reload()
    {
        await using var opened = await browser.OpenAsync(console.Address);
        await opened.UntilLiveAsync();
        var orderNo = "LIVE-" + Guid.NewGuid().ToString("N")[..8];

        (await console.Host.PlaceAsync(orderNo, window: "00:00:02")).EnsureSuccessStatusCode();

        var row = opened.Page.Locator("#transitions tr").Filter(new() { HasText = orderNo });
        await Assertions.Expect(row.Filter(new() { HasText = "Placed, waits for payment" })).ToHaveCountAsync(1);
        await Assertions.Expect(row.Filter(new() { HasText = "Cancelled unpaid," })).ToHaveCountAsync(1, new() { Timeout = 15_000 });
    }

    [Fact]
    public async Task Counts_waiting_orders_as_they_come()
    {
        await using var opened = await browser.OpenAsync(console.Address);
        await opened.UntilLiveAsync();
        var scheduled = opened.Page.Locator("#queue .state.scheduled dd");
        var before = int.Parse(await scheduled.InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);

        for (var i = 0; i < 3; i++) (await console.Host.PlaceAsync("WAIT-" + Guid.NewGuid().ToString("N")[..8])).EnsureSuccessStatusCode();

        await Assertions.Expect(scheduled).ToHaveTextAsync((before + 3).ToString(System.Globalization.CultureInfo.InvariantCulture), new() { Timeout = 10_000 });
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Has_no_accessibility_violations(ColorScheme scheme, int width)
    {
        (await console.Host.PlaceAsync("AXE-" + Guid.NewGuid().ToString("N")[..8])).EnsureSuccessStatusCode();
        await using var opened = await browser.OpenAsync(console.Address, scheme: scheme, width: width);
        await opened.UntilLiveAsync();
        await opened.Page.Locator("#transitions tbody tr").First.WaitForAsync();

        await opened.Page.HasNoViolationsAsync();
    }

    [Fact]
    public async Task Fits_on_a_phone()
    {
        await using var opened = await browser.OpenAsync(console.Address, width: 390, height: 844);
        await opened.UntilLiveAsync();

        (await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
    }
}
