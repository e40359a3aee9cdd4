using Microsoft.Playwright;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;
using OrderConsole.Jobs;
using OrderConsole.Tests.Jobs;
using OrderConsole.Tests.Support;
using Quartz;
using Quartz.Extensibility;

namespace OrderConsole.Tests.Components;

/// <summary>Every page of the jobs and everything that can be done there, as a person does it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class JobsPageTests(Browser browser)
{
    private static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 15_000 };
    // With what the test has left in the jobs' store.
    private static readonly (string Path, string Title, string Text)[] ChinesePages =
    [
        ("/jobs/history", "运行历史", "按计划"), ("/jobs/failed", "失败", "重新运行"), ("/jobs/retries", "等待重试", "失败后会自动重试"), ("/jobs/missed", "错过", "当时没有控制台可运行"),
        ("/jobs/nodes", "控制台", "（本机）"), ("/jobs/chart?job=upkeep", "走势", "一半不超过"), ("/jobs/upkeep", "数据库维护", "接下来五次："), ("/jobs/runs/seed-1", "运行：数据库维护", "到达计划时间"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_is_run_watched_stopped_paused_resumed_and_given_another_schedule()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Postgres);
        await using var host = await ConsoleHost.StartAsync(JobSettings.Quiet(database.Settings, ("Timeouts:Enabled", "false")));
        await JobSettings.ReadyAsync(host.Http);
        await using var held = await JobSettings.HoldPruneAsync(database.ConnectionString);
        await using var opened = await browser.OpenAsync(new Uri(host.Address, "jobs"));
        await opened.UntilLiveAsync();
        var page = opened.Page;
        await Assertions.Expect(page.Locator("table.jobs tbody tr")).ToHaveCountAsync(JobCatalogue.All.Count);
        await TimeoutsDialog.HasNoViolationsAsync(opened, "table.jobs");

        await TimeoutsDialog.RunAsync(page, Row(page, "prune").Locator("[data-action=run_job]"), "storage is full");
        await TimeoutsDialog.CloseAsync(page);
        await page.GotoAsync("/jobs/running");
        await opened.UntilLiveAsync();
        var running = page.Locator("table.running tbody tr");
        await Assertions.Expect(running).ToContainTextAsync("operator: storage is full", Patient);
        await TimeoutsDialog.HasNoViolationsAsync(opened, "table.running");
        await page.GotoAsync("/jobs/prune");
        await opened.UntilLiveAsync();
        await page.Locator(".page-head [data-action=run_job]").ClickAsync();
        await Assertions.Expect(page.Locator("dialog.operation")).ToContainTextAsync("It runs already", Patient);
        await TimeoutsDialog.CloseAsync(page);
        await page.GotoAsync("/jobs/running");
        await opened.UntilLiveAsync();
        await TimeoutsDialog.RunAsync(page, running.Locator("[data-action=cancel_job_run]"), "not now");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(page.Locator(".empty-state")).ToContainTextAsync("Nothing runs", Patient);
        await held.DisposeAsync();

        await page.GotoAsync("/jobs/history?text=STORAGE");
        await opened.UntilLiveAsync();
        var run = page.Locator("table.runs tbody tr");
        await Assertions.Expect(run).ToHaveCountAsync(1);
        await Assertions.Expect(run).ToContainTextAsync("Stopped");
        await TimeoutsDialog.HasNoViolationsAsync(opened, "table.runs");
        await run.Locator("td[data-label=Started] a").ClickAsync();
        await Assertions.Expect(page.Locator("dl.facts")).ToContainTextAsync("operator: storage is full", Patient);
        await Assertions.Expect(page.Locator(".attempts tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("ol.timeline li")).ToContainTextAsync(["Asked for by operator", "Attempt 1 began on", "Stopped"]);
        await TimeoutsDialog.HasNoViolationsAsync(opened, "dl.facts");

        await OpenAsync(opened, $"/jobs/history?job=prune&result=Cancelled&node={Uri.EscapeDataString(Node.ThisProcess.Name)}", "table.runs", look: false);
        await Assertions.Expect(run).ToHaveCountAsync(1);
        await page.Locator("#run-result").SelectOptionAsync("Failed");
        await page.Locator(".filters button[type=submit]:not(.primary)").ClickAsync();
        await Assertions.Expect(page.Locator(".empty-state")).ToContainTextAsync("No run fits the filters", Patient);
        await page.Locator("#run-result").SelectOptionAsync("Cancelled");
        await page.Locator("#run-job").SelectOptionAsync("drain");
        await page.Locator(".filters button[type=submit]:not(.primary)").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("job=drain"));
        await Assertions.Expect(page.Locator(".empty-state")).ToContainTextAsync("No run fits the filters", Patient);

        await page.GotoAsync("/jobs");
        await opened.UntilLiveAsync();
        await TimeoutsDialog.RunAsync(page, Row(page, "drain").Locator("[data-action=pause_job]"), "release tonight");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(Row(page, "drain")).ToContainTextAsync("By operator: release tonight");
        await TimeoutsDialog.RunAsync(page, Row(page, "drain").Locator("[data-action=resume_job]"), "released");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(Row(page, "drain").Locator("[data-action=pause_job]")).ToBeVisibleAsync();

        await Row(page, "upkeep").Locator("a").First.ClickAsync();
        var cron = page.Locator("#cron");
        await cron.FillAsync("0 25 * * *");
        await Assertions.Expect(page.Locator("#cron-words.fault")).ToHaveTextAsync("“25” does not fit as the hour: 0 to 23.");
        await Assertions.Expect(page.Locator(".schedule button[type=submit]")).ToBeDisabledAsync();
        await cron.FillAsync("30 4 * * MON-FRI");
        await Assertions.Expect(page.Locator("#cron-words")).ToHaveTextAsync("Monday–Friday at 04:30 (UTC)");
        await Assertions.Expect(page.Locator(".next-times li")).ToHaveCountAsync(5);
        await TimeoutsDialog.RunAsync(page, page.Locator(".schedule button[type=submit]"), "weekends are quiet");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(page.Locator(".differs")).ToContainTextAsync("The settings say", Patient);
        await Assertions.Expect(page.Locator("dl.facts")).ToContainTextAsync("operator: weekends are quiet");
        await TimeoutsDialog.HasNoViolationsAsync(opened, ".differs");
        await TimeoutsDialog.RunAsync(page, page.Locator(".differs [data-action=reset_job_schedule]"), "as before");
        await TimeoutsDialog.CloseAsync(page);
        await Assertions.Expect(page.Locator(".differs")).ToHaveCountAsync(0);
        opened.Errors.ShouldBeEmpty();
        opened.ForeignRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Failures_retries_missed_times_consoles_and_figures_are_shown_and_a_failed_run_is_run_again()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        // The engine's loops would mend what the thorough run is to find.
        await using var host = await ConsoleHost.StartAsync(JobSettings.Quiet(database.Settings, ("Timeouts:ReconcileInterval", "01:00:00"), ("Jobs:Schedules:Upkeep", "0 3 5 * *")));
        await JobSettings.ReadyAsync(host.Http);
        await SeedAsync(host);
        await host.Get<JobWatch>().LookAsync(Cancel);
        await using var opened = await browser.OpenAsync(host.Address);
        await opened.UntilLiveAsync();
        var page = opened.Page;
        await Assertions.Expect(page.Locator(".warnings [data-code=jobs_failing]")).ToContainTextAsync("disk is on fire", Patient);
        await Assertions.Expect(page.Locator(".pages [data-page=jobs] .badge")).ToContainTextAsync("1");

        await OpenAsync(opened, "/jobs/failed", "table.runs");
        var failed = page.Locator("table.runs tbody tr");
        await Assertions.Expect(failed).ToHaveCountAsync(3);
        await TimeoutsDialog.RunAsync(page, failed.First.Locator("[data-action=run_job]"), "disk is mended");
        await TimeoutsDialog.CloseAsync(page);
        await Eventually.HoldsAsync(async () => (await host.Get<JobHistory>().PageAsync(new("upkeep", JobRunResult.Succeeded), 1, 10, Cancel)).Total == 1, "it ran again and succeeded");
        await OpenAsync(opened, "/jobs/runs/seed-2", "dl.facts", look: false);
        await Assertions.Expect(page.Locator("pre.log[role=region]")).ToContainTextAsync("flames were seen", Patient);
        await Eventually.HoldsAsync(async () => !await host.Get<JobEdits>().IsRunningAsync(JobCatalogue.Find("upkeep")!, Cancel), "the run before is over");
        await TimeoutsDialog.RunAsync(page, page.Locator("section.card [data-action=run_job]"), "once more");
        await TimeoutsDialog.CloseAsync(page);
        await Eventually.HoldsAsync(async () => (await host.Get<JobHistory>().PageAsync(new("upkeep", JobRunResult.Succeeded), 1, 10, Cancel)).Total == 2, "it ran from its own page");
        await OpenAsync(opened, "/jobs/reconcile", "dl.facts", look: false);
        await TimeoutsDialog.RunAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Run thoroughly" }), "all of it");
        await TimeoutsDialog.CloseAsync(page);
        await Eventually.HoldsAsync(async () => (await host.Get<JobHistory>().PageAsync(new("reconcile"), 1, 10, Cancel)).Items is [{ By: { Whole: true, Reason: "all of it" } }], "it ran thoroughly");

        await database.Orders.WriteAsync(async db => { await using var rename = db.Command("ALTER TABLE idempotency_keys RENAME TO away"); return await rename.ExecuteNonQueryAsync(Cancel); }, Cancel);
        await OpenAsync(opened, "/jobs/prune", "dl.facts", look: false);
        await TimeoutsDialog.RunAsync(page, page.Locator(".page-head [data-action=run_job]"), "try it");
        await Eventually.HoldsAsync(async () => (await host.Get<JobBoard>().RetriesAsync(Cancel)).Count == 1, "it waits for its next try");
        await OpenAsync(opened, "/jobs/retries", "table.waiting");
        await Assertions.Expect(page.Locator("table.waiting tbody tr")).ToContainTextAsync("attempt 2");

        await OpenAsync(opened, "/jobs/missed", "table.waiting");
        await Assertions.Expect(page.Locator("table.waiting tbody tr")).ToContainTextAsync("No console was there");
        await OpenAsync(opened, "/jobs/nodes", "table.nodes");
        await Assertions.Expect(page.Locator("table.nodes")).ToContainTextAsync("(this one)");
        await OpenAsync(opened, "/jobs/chart?job=upkeep", "table.spans");
        await Assertions.Expect(page.Locator(".span-bars")).ToBeVisibleAsync();
        await page.GotoAsync("/jobs/runs/nobody");
        await Assertions.Expect(page.Locator(".empty-state")).ToContainTextAsync("not remembered");
        opened.Errors.ShouldBeEmpty();
        opened.ForeignRequests.ShouldBeEmpty();

        await using var chinese = await browser.OpenAsync(new Uri(host.Address, "jobs"), "zh-CN");
        await Assertions.Expect(Row(chinese.Page, "upkeep")).ToContainTextAsync("数据库维护");
        await Assertions.Expect(Row(chinese.Page, "upkeep")).ToContainTextAsync("每月 5 日 03:00");
        foreach (var (path, title, text) in ChinesePages)
        {
            await chinese.Page.GotoAsync(path);
            await chinese.UntilLiveAsync();
            await Assertions.Expect(chinese.Page.Locator("h1")).ToContainTextAsync(title);
            await Assertions.Expect(chinese.Page.Locator("main")).ToContainTextAsync(text, Patient);
        }
        chinese.Errors.ShouldBeEmpty();
        chinese.ForeignRequests.ShouldBeEmpty();
    }

    /// <param name="look">Whether to look for what some people cannot use; pages of the same parts need it once.</param>
    private static async Task OpenAsync(BrowserPage opened, string path, string settled, bool look = true)
    {
        await opened.Page.GotoAsync(path);
        await opened.UntilLiveAsync();
        await Assertions.Expect(opened.Page.Locator(settled)).ToBeVisibleAsync();
        if (look) await TimeoutsDialog.HasNoViolationsAsync(opened, settled);
    }

    private static async Task SeedAsync(ConsoleHost host)
    {
        var (history, now) = (host.Get<IExecutionHistoryStore>(), TimeProvider.System.GetUtcNow());
        for (var i = 3; i >= 1; i--)
            await history.AddExecution(new(JobServices.SchedulerName, "shop-9:1:gone", JobCatalogue.Group, "upkeep", "schedule", "upkeep", now.AddMinutes(-i), TimeSpan.FromSeconds(i), false, "disk is on fire")
                { EntryId = $"seed-{i}", Log = "flames were seen", Result = JobRunResult.Failed }, Cancel);
        await history.AddMisfire(new(JobServices.SchedulerName, "shop-9:1:gone", "schedule", "metrics", new JobKey("metrics", JobCatalogue.Group), now, now.AddHours(-1)), Cancel);
    }

    private static ILocator Row(IPage page, string job) => page.Locator($"table.jobs tbody tr[data-job={job}]");
}
