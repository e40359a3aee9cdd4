using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>When something is wrong, the overview says what, and what to do; it shows no figure that it does not have.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WarningTests(Browser browser)
{
    [Fact]
    public async Task A_database_that_is_away_leaves_dashes_and_advice()
    {
        await using var host = await ConsoleHost.WithoutDatabaseAsync();
        await using var opened = await browser.OpenAsync(host.Address);
        await opened.UntilLiveAsync();

        var warning = opened.Page.Locator(".warning[data-code=database_away]");
        await Assertions.Expect(warning).ToContainTextAsync("PostgreSQL does not answer");
        await Assertions.Expect(warning).ToContainTextAsync("nothing is lost");
        await Assertions.Expect(opened.Page.Locator(".warning")).ToHaveCountAsync(1);
        foreach (var figure in new[] { "#expired", "#locks", "#queue", "#cancelled", "#oldest" })
            await Assertions.Expect(opened.Page.Locator($"{figure} .number").First).ToHaveTextAsync("–");
        (await opened.Page.RunAxe()).Violations.Select(v => v.Id).ShouldBeEmpty();
        await TakeAsync(opened, "database-away");
    }

    [Fact]
    public async Task A_console_that_only_shows_says_that_nobody_works()
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        await using var opened = await browser.OpenAsync(host.Address);
        await opened.UntilLiveAsync();

        await Assertions.Expect(opened.Page.Locator(".warning[data-code=nobody_processing]")).ToContainTextAsync("Timeouts:Enabled=true");
        await Assertions.Expect(opened.Page.Locator("#transitions .empty")).ToContainTextAsync("No order has changed yet");
        await TakeAsync(opened, "nobody-processing");
    }

    private static async Task TakeAsync(BrowserPage opened, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { } folder)
            await opened.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"overview-{name}.png") });
    }
}
