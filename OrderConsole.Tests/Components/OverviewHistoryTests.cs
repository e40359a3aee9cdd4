using Microsoft.Playwright;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;
using OrderConsole.Live;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>The charts show what is stored, and it is still there after a restart.</summary>
[Collection(OwnConsoleCollection.Name)]
public sealed class OverviewHistoryTests(Browser browser)
{
    [Fact]
    public async Task Charts_survive_a_restart_and_their_range_stands_in_the_address()
    {
        await using var console = await ConsoleProcess.StartAsync([new("Timeouts:Enabled", "false")]);
        await RememberAsync($"Data Source={Path.Combine(console.Folder, "data", "orders.db")};Default Timeout=5");
        await using var opened = await browser.OpenAsync(console.Address);
        await opened.UntilLiveAsync();
        await ShowsAsync("last 10 min", "highest 42.0");

        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "1 h" }).ClickAsync();
        await ShowsAsync("last 1 h", "highest 63.0");
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "7 d" }).ClickAsync();
        await ShowsAsync("last 7 d", "highest 99.0");
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "24 h" }).ClickAsync();
        await ShowsAsync("last 24 h", "highest 84.0");
        opened.Page.Url.ShouldEndWith("/?range=24h");
        opened.Errors.ShouldBeEmpty();

        await console.KillAsync();
        await console.RestartAsync();
        await opened.Page.GotoAsync(new Uri(console.Address, "/?range=24h").ToString());
        await opened.UntilLiveAsync();
        await ShowsAsync("last 24 h", "highest 84.0");
        await Assertions.Expect(opened.Page.Locator("#late .legend li")).ToHaveCountAsync(3);

        // With a range that nobody knows the page is there all the same.
        await opened.Page.GotoAsync(new Uri(console.Address, "/?range=ever").ToString());
        await ShowsAsync("last 10 min", "highest 42.0");

        Task ShowsAsync(string range, string highest) => Assertions.Expect(opened.Page.Locator("#cancelled [role=img]"))
            .ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex($"{range}.*{highest}"), new() { Timeout = 15_000 });
    }

    [Theory]
    [InlineData("en-US", ColorScheme.Light, "Peak 20:30 UTC, 41,000 due, 6 min late", "Backlog empty in 2 min 5 s", "20,000 orders per second", "1.02", "on time")]
    [InlineData("zh-CN", ColorScheme.Dark, "高峰 UTC 20:30，到期 41,000 个，将延迟 6 分钟", "积压将在 2 分 5 秒后清空", "每秒 20,000 个订单", "1.02", "可按时处理")]
    public async Task The_forecast_and_the_other_figures_are_said_in_words(
        string language, ColorScheme scheme, string peak, string empty, string speed, string contention, string onTime)
    {
        await using var host = await ConsoleHost.WithoutCollectorAsync();
        var feed = host.Get<LiveFeed>();
        var at = new DateTimeOffset(2026, 11, 22, 20, 30, 0, TimeSpan.Zero);
        feed.Publish(Snapshot(new(500_000, at, 41_000, 20_000, 360, 125), due: 7_000));
        await using var opened = await browser.OpenAsync(host.Address, language, scheme);
        await opened.UntilLiveAsync();

        await Assertions.Expect(opened.Page.Locator("#forecast .peak")).ToHaveTextAsync(peak);
        await Assertions.Expect(opened.Page.Locator("#forecast .to-empty")).ToHaveTextAsync(empty);
        await Assertions.Expect(opened.Page.Locator("#forecast .note")).ToContainTextAsync(speed);
        await Assertions.Expect(opened.Page.Locator("#contention .number")).ToHaveTextAsync(contention);
        await Assertions.Expect(opened.Page.Locator("#lateness dd")).ToHaveTextAsync(["–", "–", "–"]);
        await Assertions.Expect(opened.Page.Locator("#nodes tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(opened.Page.Locator("#nodes tbody .polling.off")).ToHaveCountAsync(1);
        await opened.Page.HasNoViolationsAsync();

        feed.Publish(Snapshot(new(500_000, at, 41_000, 20_000, 2, null), due: 0));
        await Assertions.Expect(opened.Page.Locator("#forecast .peak")).ToContainTextAsync(onTime);
        await Assertions.Expect(opened.Page.Locator("#forecast .to-empty")).ToHaveCountAsync(0);
        opened.Errors.ShouldBeEmpty();
    }

    private static MetricsSnapshot Snapshot(ForecastFigures forecast, long due)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new()
        {
            At = now, Forecast = forecast, Queue = new(500_000, due, 0, 0, 0), Contention = new(10_200, 200), ContentionPerCancelled = new(1.02, 0.02), Lateness = new(null, null, null),
            Rates = new(0, 0, 0, 0, 0), Nodes = [new("shop-1", now.AddHours(-1), now, now, true, 500, 490), new("shop-2", now.AddHours(-2), now, null, false, 0, 0)],
        };
    }

    private static async Task RememberAsync(string connection)
    {
        using var database = new OrderDatabase(DatabaseProvider.Sqlite, connection, TimeProvider.System);
        // The console may still be at it: on a busy machine it answers before its schema is up to date.
        await database.MigrateAsync(CancellationToken.None);
        var store = new SampleStore(database);
        var now = TimeProvider.System.GetUtcNow();
        await store.WriteAsync(new() { Resolution = 10, At = SampleStore.SpanOf(now.AddMinutes(-5), 10), Covered = 10, Cancelled = 420, QueueSize = 5 }, CancellationToken.None);
        await store.WriteAsync(new() { Resolution = 10, At = SampleStore.SpanOf(now.AddMinutes(-30), 10), Covered = 10, Cancelled = 630, QueueSize = 5 }, CancellationToken.None);
        await store.WriteAsync(new() { Resolution = 3600, At = SampleStore.SpanOf(now.AddDays(-3), 3600), Covered = 3600, Cancelled = 99 * 3600, QueueSize = 5 }, CancellationToken.None);
        await store.WriteAsync(new() { Resolution = 60, At = SampleStore.SpanOf(now.AddHours(-5), 60), Covered = 60, Cancelled = 84 * 60, QueueSize = 5 }, CancellationToken.None);
    }
}
