using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OrderConsole.Core.Data;
using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Jobs;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>Every action there is, in Chinese, from its button through preview and reason to its receipt.</summary>
[Collection(OwnConsoleCollection.Name)]
public sealed class EveryActionTests(Browser browser)
{
    private const string Why = "巡检时发现";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_action_is_asked_previewed_done_and_receipted_in_Chinese()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Postgres);
        await using var host = await ConsoleHost.StartAsync(JobSettings.Quiet(database.Settings, ("Timeouts:Enabled", "false")));
        await JobSettings.ReadyAsync(host.Http);
        await PutAsync(host);
        await using var opened = await browser.OpenAsync(host.Address, "zh-CN");
        var (page, done) = (opened.Page, new List<string>());

        await ActAsync("/orders/EXTEND", ".page-actions", ExtendOrders.ActionName, asks: true);
        await ActAsync("/orders/DEAD", ".page-actions", RequeueTimeouts.ActionName);
        await ActAsync("/orders/CANCEL", ".page-actions", CancelOrders.ActionName);
        await ActAsync("/late-payments", "tr[data-payment=pay-REFUND]", RefundPayments.ActionName, reference: "RF-1");
        await ActAsync("/late-payments", "tr[data-payment=pay-BACK]", ReinstateOrders.ActionName);
        await ActAsync("/timeouts", ".page-head", PauseProcessing.ActionName);
        await ActAsync("/timeouts", ".page-head", ResumeProcessing.ActionName);
        await ActAsync("/locks", "table.locks tr:has-text('LOCK-1')", UnlockOrders.ActionName);
        await ActAsync("/locks", ".page-head", CleanUpLocks.ActionName);
        await ActAsync("/reconciliation", $"tr[data-drift={DriftClass.Lost}]", ScheduleTimeouts.ActionName);
        await ActAsync("/reconciliation", $"tr[data-drift={DriftClass.Ghost}]", RemoveEntries.ActionName);
        await using (await JobSettings.HoldPruneAsync(database.ConnectionString))
        {
            await ActAsync("/jobs", "tr[data-job=prune]", "run_job");
            await ActAsync("/jobs/running", "table.running tbody tr", "cancel_job_run");
        }
        await ActAsync("/jobs", "tr[data-job=drain]", "pause_job");
        await ActAsync("/jobs", "tr[data-job=drain]", "resume_job");
        await OpenAsync("/jobs/upkeep");
        await page.Locator("#cron").FillAsync("30 4 * * *");
        await FinishAsync(page.Locator(".schedule button[type=submit]"), "reschedule_job");
        await ActAsync("/jobs/upkeep", ".differs", "reset_job_schedule");

        done.ShouldBe(host.Services.GetServices<OperatorAction>().Select(a => a.Name), ignoreOrder: true);
        opened.Errors.ShouldBeEmpty();

        async Task OpenAsync(string path)
        {
            await page.GotoAsync(path);
            await opened.UntilLiveAsync();
        }

        async Task ActAsync(string path, string place, string action, bool asks = false, string? reference = null)
        {
            await OpenAsync(path);
            await FinishAsync(page.Locator($"{place} [data-action={action}]").First, action, asks, reference);
        }

        async Task FinishAsync(ILocator button, string action, bool asks = false, string? reference = null)
        {
            await button.ClickAsync();
            if (asks) await page.Locator("dialog.operation button[form=operation-ask], dialog.operation button[type=submit]").First.ClickAsync();
            var receipt = await TimeoutsDialog.AnswerAsync(page, Why, reference);
            var words = await receipt.InnerTextAsync();
            words.Any(c => c is >= '\u4e00' and <= '\u9fff').ShouldBeTrue($"{action}: {words}");
            words.ShouldNotMatch(@"\b(Operation|Action|Refusal)\.", $"{action} shows the name of a text");
            (await host.Get<OrderDatabase>().ReadAsync(db => db.Operations.OrderByDescending(o => o.Id).FirstAsync(Cancel)))
                .ShouldSatisfyAllConditions(o => o.Action.ShouldBe(action), o => o.Done.ShouldBe(o.Total, action), o => o.Reason.ShouldBe(Why));
            done.Add(action);
            await TimeoutsDialog.CloseAsync(page);
        }
    }

    /// <summary>One thing for each action to be done to.</summary>
    private static async Task PutAsync(ConsoleHost host)
    {
        await host.SetStockAsync("tea", 100);
        foreach (var no in new[] { "EXTEND", "DEAD", "CANCEL", "REFUND", "BACK", "LOCK-1", "LOCK-2", "LOST" }) (await host.PlaceAsync(no)).EnsureSuccessStatusCode();
        foreach (var no in new[] { "REFUND", "BACK" })
        {
            (await host.Http.PostAsJsonAsync($"/api/orders/{no}/cancel", new { reason = "test" }, Cancel)).EnsureSuccessStatusCode();
            (await host.Http.PostAsJsonAsync($"/api/orders/{no}/payment", new { paymentId = $"pay-{no}", amount = 10m }, Cancel)).EnsureSuccessStatusCode();
        }
        var (queue, entries, locks) = (host.Get<ITimeoutQueue>(), host.Get<IQueueInspector>(), host.StoreLocks);
        await Eventually.HoldsAsync(async () => (await entries.CountAsync(Cancel)).Scheduled == 6, "all that are pending are scheduled");
        await Shop.QueueAsync(queue, ["DEAD"]);
        var claim = (await queue.ClaimDueAsync(10, TimeSpan.FromMinutes(1), "test", Cancel)).Claims.ShouldHaveSingleItem();
        await queue.ReleaseAsync([ClaimRelease.DeadLetter(claim, DeadLetterReasons.Failed, "boom")], Cancel);
        await entries.RemoveAsync(["LOST"], Cancel);
        await queue.ScheduleAsync([new("GHOST", TimeProvider.System.GetUtcNow().AddHours(1))], Cancel);
        await locks.TryAcquireAsync(["LOCK-1", "LOCK-2"], TimeSpan.FromMinutes(9), "shop-9:4711:dead", Cancel);
        await host.Get<OrderDatabase>().WriteAsync(db => db.Orders.ExecuteUpdateAsync(u => u.SetProperty(o => o.CreatedAt, TimeProvider.System.GetUtcNow().AddMinutes(-1)), Cancel), Cancel);
    }
}
