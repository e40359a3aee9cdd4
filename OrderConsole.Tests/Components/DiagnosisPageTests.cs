using Microsoft.Playwright;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>The page of the diagnosis: run, read, mend, run again, compare, download.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DiagnosisPageTests(Browser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_finding_is_read_mended_by_its_button_and_gone_in_the_next_report()
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false"), new("Diagnosis:LeastFreeDisk", "0"), new("Diagnosis:CheckTimeout", "00:01:00")]);
        await host.Get<ITimeoutQueue>().ScheduleAsync([new("GHOST-1", TimeProvider.System.GetUtcNow().AddHours(1))], Cancel);
        await using var opened = await browser.OpenAsync(new Uri(host.Address, "diagnosis"));
        await opened.UntilLiveAsync();
        var page = opened.Page;
        await Assertions.Expect(page.Locator(".empty-state")).ToContainTextAsync("No diagnosis yet");

        await page.Locator("#run-diagnosis").ClickAsync();
        var ghost = page.Locator("[data-finding=ghost_entries]");
        await Assertions.Expect(ghost).ToContainTextAsync("1 entry of the queue belongs to an order that is paid, cancelled or unknown", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#verdict")).ToContainTextAsync("Act now");
        await Assertions.Expect(page.Locator("[data-finding=nobody_polls]")).ToContainTextAsync("Start a console");
        await Assertions.Expect(page.Locator("#checks tbody tr")).ToHaveCountAsync(host.Get<OrderConsole.Core.Diagnostics.DiagnosisRunner>().Checks.Count);
        await ghost.Locator("summary").ClickAsync();
        await Assertions.Expect(ghost.Locator(".examples")).ToContainTextAsync("GHOST-1");
        await TimeoutsDialog.HasNoViolationsAsync(opened, "#verdict");

        // The page looks again by itself when the repair is over.
        await TimeoutsDialog.RunAsync(page, ghost.Locator("[data-action=remove_entries]"), "left by a test");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(page.Locator("#gone")).ToContainTextAsync("Entries without a pending order", new() { Timeout = 30_000 });
        await Assertions.Expect(ghost).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-finding=nobody_polls]")).ToHaveAttributeAsync("data-change", "Same");
        await Assertions.Expect(page.Locator("#reports tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".score-chart")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("Score of the last 2 reports"));
        await TimeoutsDialog.HasNoViolationsAsync(opened, "#gone");

        var file = await page.RunAndWaitForDownloadAsync(() => page.Locator(".downloads a").Filter(new() { HasText = "Markdown (English)" }).ClickAsync());
        (await File.ReadAllTextAsync(await file.PathAsync(), Cancel)).ShouldContain("# Diagnosis of ");
        await page.Locator("#reports tbody tr").Last.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(ghost).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#verdict")).ToContainTextAsync("Older report");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show the latest report" }).First.ClickAsync();
        await Assertions.Expect(ghost).ToHaveCountAsync(0);

        await page.GotoAsync("/");
        await Assertions.Expect(page.Locator("#latest-verdict a")).ToHaveAttributeAsync("href", "/diagnosis", new() { Timeout = 15_000 });
        opened.Errors.ShouldBeEmpty();
        opened.ForeignRequests.ShouldBeEmpty();

        await using var chinese = await browser.OpenAsync(new Uri(host.Address, "diagnosis"), "zh-CN", width: 390);
        await Assertions.Expect(chinese.Page.Locator("[data-finding=nobody_polls]")).ToContainTextAsync("没有控制台在处理到期订单", new() { Timeout = 15_000 });
        await Assertions.Expect(chinese.Page.Locator("#gone")).ToContainTextAsync("多余的队列记录");
        await TimeoutsDialog.HasNoViolationsAsync(chinese, "#gone");
        chinese.Errors.ShouldBeEmpty();
    }
}
