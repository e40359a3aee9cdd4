using Microsoft.Playwright;
using OrderConsole.Core.Orders;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>Pausing and going on, seen in two windows.</summary>
// Two seconds are a promise: it is asked for on a machine that does nothing else.
[Collection(Alone.Name)]
public sealed class PauseTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly LocatorAssertionsToBeVisibleOptions WithinTwoSeconds = new() { Timeout = 2_000 };

    [Fact]
    public async Task Both_windows_show_the_pause_within_two_seconds_and_the_resume_too_and_nothing_is_cancelled_between()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.SetStockAsync("tea", 10);
        await using var one = await browser.OpenAsync(new Uri(host.Address, "timeouts"));
        await using var other = await browser.OpenAsync(new Uri(host.Address, "late-payments"), "zh-CN");
        await one.UntilLiveAsync();
        await other.UntilLiveAsync();
        var (banner, otherBanner) = (one.Page.Locator(".pause-banner"), other.Page.Locator(".pause-banner"));

        await TimeoutsDialog.RunAsync(one.Page, one.Page.Locator(".page-head [data-action=pause_processing]"), "stock count");
        await Task.WhenAll(Assertions.Expect(banner).ToBeVisibleAsync(WithinTwoSeconds), Assertions.Expect(otherBanner).ToBeVisibleAsync(WithinTwoSeconds));
        await TimeoutsDialog.CloseAsync(one.Page);
        await Assertions.Expect(banner).ToContainTextAsync("by operator: stock count");
        await Assertions.Expect(otherBanner).ToContainTextAsync("操作人 operator：stock count");
        await Assertions.Expect(one.Page.Locator(".page-head [data-action=resume_processing]")).ToBeVisibleAsync();
        await TimeoutsDialog.HasNoViolationsAsync(one, ".pause-banner");
        (await host.PlaceAsync("PAUSED-1", window: "00:00:01")).EnsureSuccessStatusCode();
        await Assertions.Expect(one.Page.Locator(".tabs a[href$='state=due'] .count")).ToHaveTextAsync("1", new() { Timeout = 15_000 });
        await Assertions.Expect(one.Page.Locator(".pages [data-page=orders] .badge")).ToBeVisibleAsync(new() { Timeout = 15_000 });

        // The command box finds actions as well, in the language of the page or another one.
        await one.Page.Keyboard.PressAsync("Control+k");
        await one.Page.Keyboard.TypeAsync("恢复处理");
        await Assertions.Expect(one.Page.Locator("#command-list [role=option]")).ToHaveTextAsync(["bolt Resume processing"], new() { UseInnerText = true });
        await one.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(one.Page.Locator("[data-step=Preview] .operation-will")).ToBeVisibleAsync();
        await TimeoutsDialog.CloseAsync(one.Page);

        await TimeoutsDialog.RunAsync(other.Page, otherBanner.Locator("[data-action=resume_processing]"), "counted");
        await Task.WhenAll(
            Assertions.Expect(banner).ToHaveCountAsync(0, new() { Timeout = 2_000 }), Assertions.Expect(otherBanner).ToHaveCountAsync(0, new() { Timeout = 2_000 }));
        await TimeoutsDialog.CloseAsync(other.Page);
        await Eventually.HoldsAsync(async () => (await host.Get<OrderQueries>().RowAsync("PAUSED-1", TestContext.Current.CancellationToken))!.Status == OrderStatus.Cancelled, "the order is cancelled after the resume");
        one.Errors.ShouldBeEmpty();
        other.Errors.ShouldBeEmpty();
    }
}
