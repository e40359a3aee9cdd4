using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OrderConsole.Core.Data;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>When something is wrong, the overview says what, and what to do; it shows no figure that it does not have.</summary>
[Collection(OwnConsoleCollection.Name)]
public sealed class WarningTests(Browser browser)
{
    [Fact]
    public async Task A_database_that_is_away_leaves_dashes_and_advice()
    {
        await using var host = await ConsoleHost.WithoutDatabaseAsync();
        Visitors.SignedInEarlier(host);
        await using var opened = await browser.OpenAsync(host.Address);
        await opened.UntilLiveAsync();

        var warning = opened.Page.Locator(".warning[data-code=database_away]");
        await Assertions.Expect(warning).ToContainTextAsync("PostgreSQL does not answer");
        await Assertions.Expect(warning).ToContainTextAsync("nothing is lost");
        await Assertions.Expect(opened.Page.Locator(".warning")).ToHaveCountAsync(1);
        foreach (var figure in new[] { "#expired", "#locks", "#queue", "#rate", "#oldest" })
            await Assertions.Expect(opened.Page.Locator($"{figure} .number").First).ToHaveTextAsync("–");
        await opened.Page.HasNoViolationsAsync();
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

    [Theory]
    [InlineData("en-US", "may throw entries away", "keeps nothing over a restart", "Redis does not answer", "Processing is paused", "Ask the person below")]
    [InlineData("zh-CN", "可能会丢弃数据", "重启后不保留任何数据", "Redis 没有响应", "处理已暂停", "请联系下方人员")]
    public async Task Each_warning_is_shown_while_its_reason_lasts_and_not_longer(
        string language, string evictions, string persistence, string away, string paused, string advice)
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "allkeys-lru");
        await using var host = await ConsoleHost.StartAsync([
            new("Queue:Store", "Redis"), new("Locks:Store", "Redis"), new("ConnectionStrings:Redis", redis.ConnectionString), new("Redis:PingInterval", "00:00:00.200")]);
        await using var opened = await browser.OpenAsync(host.Address, language);
        await opened.UntilLiveAsync();
        await ShowsAsync("evictions_on", evictions);
        await ShowsAsync("persistence_off", persistence);

        await host.Get<OrderDatabase>().WriteAsync(async db =>
        {
            db.ProcessingPauses.Add(new ProcessingPause { At = TimeProvider.System.GetUtcNow(), By = "Ann", Reason = "Stock count" });
            return await db.SaveChangesAsync();
        }, TestContext.Current.CancellationToken);
        await ShowsAsync("paused", paused);
        await ShowsAsync("paused", advice);
        await ShowsAsync("paused", "Ann");
        await host.Get<OrderDatabase>().WriteAsync(db => db.ProcessingPauses.ExecuteDeleteAsync(), TestContext.Current.CancellationToken);
        await IsGoneAsync("paused");

        redis.Kill();
        await ShowsAsync("redis_away", away);
        await redis.RestartAsync("--maxmemory-policy", "noeviction", "--appendonly", "yes");
        foreach (var code in new[] { "redis_away", "evictions_on", "persistence_off" }) await IsGoneAsync(code);
        opened.Errors.ShouldBeEmpty();

        Task ShowsAsync(string code, string words) =>
            Assertions.Expect(opened.Page.Locator($".warning[data-code={code}]")).ToContainTextAsync(words, new() { Timeout = 30_000 });
        Task IsGoneAsync(string code) => Assertions.Expect(opened.Page.Locator($".warning[data-code={code}]")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
    }

    private static async Task TakeAsync(BrowserPage opened, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { } folder)
            await opened.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"overview-{name}.png") });
    }
}
