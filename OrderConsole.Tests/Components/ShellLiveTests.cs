using System.Net.Http.Json;
using Microsoft.Playwright;
using OrderConsole.Live;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>What the frame shows of the live figures.</summary>
[Collection(OwnConsoleCollection.Name)]
public sealed class ShellLiveTests(Browser browser)
{
    [Fact]
    public async Task The_orders_badge_follows_the_database()
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        await host.SetStockAsync("tea", 10);
        await using var opened = await browser.OpenAsync(host.Address, "zh-CN");
        await opened.UntilLiveAsync();
        var badge = Badge(opened, "orders");
        await Assertions.Expect(badge).ToHaveCountAsync(0);

        (await host.PlaceAsync("LATE-1", window: "00:00:01")).EnsureSuccessStatusCode();
        await Assertions.Expect(badge).ToHaveTextAsync("1 个订单已过期", new() { Timeout = 15_000 });

        (await host.Http.PostAsJsonAsync("/api/orders/LATE-1/cancel", new { reason = "test" }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await Assertions.Expect(badge).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        opened.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Badges_pause_and_banner_show_what_the_snapshot_has_and_nothing_that_it_has_not()
    {
        // Only what the test publishes.
        await using var host = await ConsoleHost.WithoutCollectorAsync();
        var feed = host.Get<LiveFeed>();
        feed.Publish(Snapshot(dead: 4));
        await using var opened = await browser.OpenAsync(host.Address);
        await opened.UntilLiveAsync();

        await Assertions.Expect(Badge(opened, "timeouts")).ToHaveTextAsync("4 dead letters");
        await Assertions.Expect(Badge(opened, "payments")).ToHaveTextAsync("3 payments to decide about");
        await Assertions.Expect(Badge(opened, "locks")).ToHaveTextAsync("2 locks that never end");
        await Assertions.Expect(Badge(opened, "orders")).ToHaveCountAsync(0);
        await Assertions.Expect(opened.Page.Locator(".pause-banner")).ToContainTextAsync("by Ann: Stock count");
        await opened.Page.HasNoViolationsAsync();

        await opened.Page.Locator("#live-switch").ClickAsync();
        await Assertions.Expect(opened.Page.Locator("#live .is-paused")).ToContainTextAsync("Updates paused");
        await opened.Page.EvaluateAsync("""
            () => { window.changed = 0; new MutationObserver(c => window.changed += c.length).observe(document.querySelector('.pages'), { subtree: true, childList: true, characterData: true }); }
            """);
        feed.Publish(Snapshot(dead: 5));
        await RoundTripAsync(opened);
        (await opened.Page.EvaluateAsync<int>("window.changed")).ShouldBe(0);
        await Assertions.Expect(Badge(opened, "timeouts")).ToHaveTextAsync("4 dead letters");

        await opened.Page.Locator("#live-switch").ClickAsync();
        await Assertions.Expect(Badge(opened, "timeouts")).ToHaveTextAsync("5 dead letters");
        await Assertions.Expect(opened.Page.Locator("#live .is-live")).ToHaveTextAsync("Live");

        feed.Publish(MetricsSnapshot.Unread(TimeProvider.System.GetUtcNow()));
        await Assertions.Expect(opened.Page.Locator(".badge")).ToHaveCountAsync(0);
        await Assertions.Expect(opened.Page.Locator(".pause-banner")).ToHaveCountAsync(0);
        // Nobody looks any more: the page says so by itself.
        await Assertions.Expect(opened.Page.Locator("#live .is-stale")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        opened.Errors.ShouldBeEmpty();
    }

    // What the server sent before its answer to this has arrived when the answer has.
    private static async Task RoundTripAsync(BrowserPage opened)
    {
        await opened.Page.Keyboard.PressAsync("Control+k");
        await opened.Page.Keyboard.TypeAsync("overv");
        await Assertions.Expect(opened.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await opened.Page.Keyboard.PressAsync("Escape");
    }

    private static ILocator Badge(BrowserPage opened, string page) => opened.Page.Locator($".pages [data-page={page}] .badge");

    private static MetricsSnapshot Snapshot(long dead) => new()
    {
        At = TimeProvider.System.GetUtcNow(), Queue = new(1, 0, 0, 0, dead), UndecidedPayments = 3, LeakedLocks = 2,
        Pause = new(TimeProvider.System.GetUtcNow(), "Ann", "Stock count"),
    };
}
