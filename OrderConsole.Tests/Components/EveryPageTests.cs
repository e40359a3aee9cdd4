using Microsoft.Playwright;
using OrderConsole.Components.Layout;
using OrderConsole.Jobs;
using OrderConsole.Tests.Jobs;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>What holds on every page, in both languages and on a phone.</summary>
[Collection(OwnConsoleCollection.Name)]
public sealed class EveryPageTests(Browser browser)
{
    private static readonly string[] Deeper =
    [
        "/orders/EVERY-1", "/orders?status=cancelled", "/timeouts?state=due", "/timeouts?state=claimed", "/timeouts?state=retrying", "/timeouts?state=dead",
        "/late-payments?tab=decided", "/jobs/running", "/jobs/history", "/jobs/failed", "/jobs/retries", "/jobs/missed", "/jobs/nodes", "/jobs/chart",
        .. JobCatalogue.All.Take(1).Select(j => $"/jobs/{j.Name}"), "/jobs/runs/nobody", "/operations/1", "/no-such-page",
    ];

    /// <summary>The pages that no other test looks at with axe.</summary>
    private static readonly string[] Unlooked = ["/no-such-page", .. Deeper.Where(p => p.StartsWith("/timeouts?", StringComparison.Ordinal))];

    [Theory]
    [InlineData("en-US")]
    [InlineData("zh-CN")]
    public async Task Each_page_has_its_title_fits_a_phone_and_asks_nobody_else(string language)
    {
        await using var database = await TestDatabase.CreateAsync(Core.Data.DatabaseProvider.Sqlite);
        await using var host = await ConsoleHost.StartAsync(JobSettings.Quiet(database.Settings, ("Environment:Name", "Production"), ("Environment:Color", "red")));
        await JobSettings.ReadyAsync(host.Http);
        await host.SetStockAsync("tea", 10);
        (await host.PlaceAsync("EVERY-1")).EnsureSuccessStatusCode();

        await using var opened = await browser.OpenAsync(host.Address, language, width: 390);
        var (page, titles) = (opened.Page, new Dictionary<string, string>());
        foreach (var path in ShellPages.All.Select(p => p.Url).Concat(Deeper))
        {
            var answer = await page.GotoAsync(path);
            await page.WaitForFunctionAsync("() => document.querySelector('main h1') && !document.querySelector('.skeleton')");
            if (path == "/no-such-page") answer!.Status.ShouldBe(404);
            titles[path] = await page.Locator("main h1").InnerTextAsync();
            (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, $"{path} fits");
            (await page.Locator(".environment.red").InnerTextAsync()).ShouldBe("Production", path);
            (await page.Locator("main").InnerTextAsync()).ShouldNotMatch(@"\b[A-Z][A-Za-z]+\.[A-Z][A-Za-z]+\.[A-Z]", $"{path} shows the name of a text");
        }
        foreach (var (path, scheme) in Unlooked.SelectMany(p => new[] { (p, ColorScheme.Light), (p, ColorScheme.Dark) }))
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.GotoAsync(path);
            await page.WaitForFunctionAsync("() => document.querySelector('main h1') && !document.querySelector('.skeleton')");
            await page.HasNoViolationsAsync();
        }
        titles.Values.ShouldAllBe(title => title.Length > 0);
        if (language == "zh-CN") titles.Where(t => !t.Key.StartsWith("/orders/", StringComparison.Ordinal)).ShouldAllBe(t => t.Value.Any(c => c >= '\u4e00' && c <= '\u9fff'));
        var missing = Deeper.Concat(Unlooked).Concat(Unlooked).Count(path => path == "/no-such-page");
        opened.Errors.Count(e => e.Contains("404", StringComparison.Ordinal)).ShouldBe(missing, "the page that is not there, and nothing else");
        opened.Errors.Where(e => !e.Contains("404", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
