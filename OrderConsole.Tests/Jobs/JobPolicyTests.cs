using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrderConsole.Core.Data;
using OrderConsole.Jobs;
using OrderConsole.Tests.Api;
using OrderConsole.Tests.Support;
using Quartz;
using Quartz.Extensibility;

namespace OrderConsole.Tests.Jobs;

/// <summary>What holds for every job: how it is tried again, that it stops when it is told to, and how long it is remembered.</summary>
public sealed class JobPolicyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_job_runs_once_at_a_time_and_says_how_it_is_tried_again()
    {
        foreach (var job in JobCatalogue.All)
        {
            job.Type.GetCustomAttribute<DisallowConcurrentExecutionAttribute>().ShouldNotBeNull(job.Name);
            job.Type.GetCustomAttribute<RetryPolicyAttribute>().ShouldNotBeNull(job.Name);
        }
    }

    [Fact]
    public async Task Each_job_ends_as_stopped_when_it_is_told_to_stop_and_a_run_is_remembered_for_the_retention()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var host = await ConsoleHost.StartAsync(JobSettings.Quiet(database.Settings, ("Jobs:Retention", "10.00:00:00")));
        await JobSettings.ReadyAsync(host.Http);
        foreach (var job in JobCatalogue.All)
        {
            var run = (IJob)ActivatorUtilities.CreateInstance(host.Services, job.Type);
            await Should.ThrowAsync<OperationCanceledException>(async () => await run.Execute(DispatchProxy.Create<IJobExecutionContext, AnyContext>(), new CancellationToken(true)), job.Name);
        }

        var (history, now) = (host.Get<IExecutionHistoryStore>(), TimeProvider.System.GetUtcNow());
        await history.AddExecution(Run("old", now.AddDays(-11)), Cancel);
        await history.AddExecution(Run("young", now.AddDays(-9)), Cancel);
        var runs = host.Get<JobHistory>();
        (await runs.FindAsync("old", Cancel)).ShouldBeNull("what is older than the retention is not shown, whether it is deleted yet or not");
        (await runs.FindAsync("young", Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task No_more_runs_are_remembered_than_the_settings_say()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var settings = JobSettings.Quiet(database.Settings, ("Jobs:MaxRuns", "100"));
        await using (var host = await ConsoleHost.StartAsync(settings))
        {
            await JobSettings.ReadyAsync(host.Http);
            var now = TimeProvider.System.GetUtcNow();
            for (var i = 1; i <= 150; i++) await host.Get<IExecutionHistoryStore>().AddExecution(Run($"seed-{i}", now.AddMinutes(-i)), Cancel);
            (await host.Get<JobHistory>().PageAsync(new(), 1, 10, Cancel)).Total.ShouldBe(150);
        }
        await using (var host = await ConsoleHost.StartAsync(settings))
        {
            await JobSettings.ReadyAsync(host.Http);
            // What is too much goes with the first run after a start, then every now and then.
            await RunAsync(host);
            await Eventually.HoldsAsync(async () => (await host.Get<JobHistory>().PageAsync(new(), 1, 10, Cancel)).Total <= 101, "the oldest are forgotten", Patience);
            (await host.Get<JobHistory>().FindAsync("seed-150", Cancel)).ShouldBeNull();
            (await host.Get<JobHistory>().FindAsync("seed-1", Cancel)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_run_that_fails_succeeds_by_itself_when_its_cause_is_mended_and_is_failed_for_good_when_it_is_not()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var host = await ConsoleHost.StartAsync(JobSettings.Quiet(database.Settings, ("Timeouts:RecoverInterval", "00:05:00")));
        await JobSettings.ReadyAsync(host.Http);

        await SqlAsync(database, "ALTER TABLE order_timeouts RENAME TO away");
        await RunAsync(host);
        await Eventually.HoldsAsync(async () => (await host.Get<JobBoard>().RetriesAsync(Cancel)) is [{ Job: "recover", Attempt: 1 }], "it waits for its next try", Patience);
        await SqlAsync(database, "ALTER TABLE away RENAME TO order_timeouts");
        await Eventually.HoldsAsync(async () => (await RunsAsync(host)).Count == 2, "it was tried again", Patience);
        (await RunsAsync(host)).Select(Said).ShouldBe([("Skipped", 1, false), ("Failed", 0, true)]);

        await SqlAsync(database, "ALTER TABLE order_timeouts RENAME TO away");
        await RunAsync(host);
        await Eventually.HoldsAsync(async () => (await RunsAsync(host)).Count == 5, "it was tried twice more", Patience);
        (await RunsAsync(host)).Take(3).Select(Said).ShouldBe([("Failed", 2, false), ("Failed", 1, true), ("Failed", 0, true)]);
        (await host.Get<JobBoard>().RetriesAsync(Cancel)).ShouldBeEmpty();
        (await host.Get<JobHistory>().PageAsync(new(FailedFinally: true), 1, 10, Cancel)).Items.ShouldHaveSingleItem().Attempt.ShouldBe(2);
        await SqlAsync(database, "ALTER TABLE away RENAME TO order_timeouts");
    }

    private static ExecutionHistoryEntry Run(string id, DateTimeOffset at) =>
        new(JobServices.SchedulerName, "shop-9:1:gone", JobCatalogue.Group, "upkeep", "schedule", "upkeep", at, TimeSpan.FromSeconds(1), true, null) { EntryId = id, Result = JobRunResult.Succeeded };

    private static (string?, int, bool) Said(JsonElement run) => (run.GetProperty("result").GetString(), run.GetProperty("attempt").GetInt32(), run.GetProperty("willRetry").GetBoolean());

    private static Task RunAsync(ConsoleHost host) => Eventually.HoldsAsync(async () =>
    {
        using var asked = await host.Http.PostAsJsonAsync("/api/jobs/recover/run", new { reason = "test" }, Cancel);
        return asked.IsSuccessStatusCode;
    }, "it can be asked for", Patience);

    private static async Task<List<JsonElement>> RunsAsync(ConsoleHost host) =>
        [.. (await (await host.Http.GetAsync(new Uri("/api/jobs/recover/runs", UriKind.Relative), Cancel)).JsonAsync(HttpStatusCode.OK)).GetProperty("items").EnumerateArray()];

    private static Task<int> SqlAsync(TestDatabase database, string sql) => database.Orders.WriteAsync(async db =>
    {
        await using var command = db.Command(sql);
        return await command.ExecuteNonQueryAsync(Cancel);
    }, Cancel);

    /// <summary>Of a run that nobody asked for; nobody hears what it reports.</summary>
    public class AnyContext : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.ReturnType == typeof(JobDataMap) ? new JobDataMap()
            : targetMethod.ReturnType.IsValueType && targetMethod.ReturnType != typeof(void) ? Activator.CreateInstance(targetMethod.ReturnType) : null;
    }
}
