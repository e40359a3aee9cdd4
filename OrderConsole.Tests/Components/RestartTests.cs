using Microsoft.Playwright;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>What an open page does when its console goes away and comes back.</summary>
[Collection(OwnConsoleCollection.Name)]
public sealed class RestartTests(Browser browser)
{
    [Fact]
    public async Task An_open_page_says_that_it_is_not_current_and_comes_back_by_itself()
    {
        await using var console = await ConsoleProcess.StartAsync();
        await using var opened = await browser.OpenAsync(console.Address);
        await opened.UntilLiveAsync();
        await opened.Page.EvaluateAsync("window.isTheOldPage = true");

        await console.KillAsync();
        await Assertions.Expect(opened.Page.Locator("#live .is-stale")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Assertions.Expect(opened.Page.Locator("#components-reconnect-modal h2")).ToBeVisibleAsync(new() { Timeout = 15_000 });

        await console.RestartAsync();
        await Eventually.HoldsAsync(() => opened.Page.EvaluateAsync<bool>("!window.isTheOldPage"), "the page was loaded anew", TimeSpan.FromSeconds(60));
        await opened.UntilLiveAsync();
        await Assertions.Expect(opened.Page.Locator("#live .is-stale")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_frozen_console_turns_its_pages_stale_though_the_connection_stands()
    {
        await using var console = await ConsoleProcess.StartAsync();
        await using var opened = await browser.OpenAsync(console.Address);
        await opened.UntilLiveAsync();
        await Assertions.Expect(opened.Page.Locator("#live .is-stale")).ToBeHiddenAsync();

        await console.SignalAsync("STOP");
        try
        {
            await Assertions.Expect(opened.Page.Locator("#live .is-stale")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        }
        finally
        {
            await console.SignalAsync("CONT");
        }
        await Assertions.Expect(opened.Page.Locator("#live .is-stale")).ToBeHiddenAsync(new() { Timeout = 30_000 });
    }
}
