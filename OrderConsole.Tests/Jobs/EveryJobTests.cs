using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderConsole.Core.Data;
using OrderConsole.Core.Locks.Database;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Queue.Database;
using OrderConsole.Core.Telemetry;
using OrderConsole.Jobs;
using OrderConsole.Tests.Api;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Jobs;

/// <summary>Each job does its work when it is asked, and ends with figures that say what it did.</summary>
[Trait("Needs", "Locks")]
public sealed class EveryJobTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_job_does_its_work_and_ends_with_its_figures()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        // The engine's own loops would mend what the jobs are to find.
        await using var host = await ConsoleHost.StartAsync(JobSettings.Quiet(database.Settings,
            ("Timeouts:ReconcileInterval", "01:00:00"), ("Timeouts:RecoverInterval", "00:05:00"), ("Timeouts:PollInterval", "00:00:10")),
            services => services.AddLogging(log => log.AddFilter("OrderConsole.Core.Timeouts.Reconciler", LogLevel.Information)));
        await JobSettings.ReadyAsync(host.Http);
        await host.SetStockAsync("tea", 10);
        foreach (var no in new[] { "LOST-1", "LOST-2", "FINE" }) (await host.PlaceAsync(no)).EnsureSuccessStatusCode();
        var queue = host.Get<IQueueInspector>();
        await Eventually.HoldsAsync(async () => (await queue.FindAllAsync(["LOST-1", "LOST-2", "FINE"], Cancel)).Count == 3, "all are queued");
        await AgeAsync(database);

        await queue.RemoveAsync(["LOST-1"], Cancel);
        (await RunAsync(host, "sweep")).ShouldBe("found 1, mended 1");
        await queue.RemoveAsync(["LOST-2"], Cancel);
        (await RunAsync(host, "reconcile", whole: true)).ShouldBe("lost 1, ghosts 0, compared 6");
        var reconciled = (await RunsAsync(host.Http, "reconcile")).GetProperty("items")[0].GetProperty("id").GetString()!;
        (await host.Get<JobHistory>().FindAsync(reconciled, Cancel)).ShouldNotBeNull().Log.ShouldNotBeNull().ShouldContain("mended: 1 pending", Case.Sensitive, "what was logged meanwhile belongs to the run");
        (await queue.FindAllAsync(["LOST-1", "LOST-2", "FINE"], Cancel)).Count.ShouldBe(3);

        await DeadLockAsync(database, "FINE");
        (await RunAsync(host, "lock-cleanup")).ShouldBe("removed 1, left 0");
        (await RunAsync(host, "lock-cleanup")).ShouldBe("nothing to do");
        await ClaimOfTheDeadAsync(database, "FINE");
        (await RunAsync(host, "recover")).ShouldBe("recovered 1");

        (await RunAsync(host, "diagnosis")).ShouldMatch(@"^score \d+, findings \d+$");
        var report = await (await host.Http.GetAsync(new Uri("/api/diagnostics/latest", UriKind.Relative), Cancel)).JsonAsync(HttpStatusCode.OK);
        report.GetProperty("trigger").GetString().ShouldBe("Job");

        await database.Orders.WriteAsync(async db =>
        {
            db.IdempotencyKeys.Add(new IdempotencyKey { Key = "old", RequestHash = "x", Answer = "{}", CreatedAt = TimeProvider.System.GetUtcNow().AddDays(-2) });
            db.MetricSamples.Add(new MetricSample { At = TimeProvider.System.GetUtcNow().AddYears(-2), Resolution = SampleStore.Resolutions[^1], Covered = 1 });
            return await db.SaveChangesAsync(Cancel);
        }, Cancel);
        (await RunAsync(host, "prune")).ShouldBe("receipts 0, keys 1, unlocks 0");
        (await RunAsync(host, "metrics")).ShouldBe("deleted 1");
        (await RunAsync(host, "upkeep")).ShouldMatch(@"^walPages \d+$");
        (await RunAsync(host, "drain")).ShouldBe("nothing to do");
    }

    [Fact]
    public async Task Health_is_degraded_while_a_job_has_not_succeeded_for_too_long()
    {
        var clock = new ShiftedTime();
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var host = await ConsoleHost.StartAsync(JobSettings.Quiet(database.Settings), services => services.AddSingleton<TimeProvider>(clock));
        await JobSettings.ReadyAsync(host.Http);
        await host.Get<JobWatch>().LookAsync(Cancel);
        (await HealthAsync(host)).Status.ShouldBe("Healthy");

        clock.Ahead = TimeSpan.FromMinutes(61);
        await host.Get<JobWatch>().LookAsync(Cancel);
        var (status, words) = await HealthAsync(host);
        status.ShouldBe("Degraded");
        words.ShouldStartWith("reconcile has not succeeded since ");

        await RunAsync(host, "reconcile");
        await host.Get<JobWatch>().LookAsync(Cancel);
        (await HealthAsync(host)).Status.ShouldBe("Healthy");

        clock.Ahead = TimeSpan.FromMinutes(182);
        await RunAsync(host, "reconcile");
        await host.Get<JobWatch>().LookAsync(Cancel);
        (status, words) = await HealthAsync(host);
        status.ShouldBe("Degraded");
        words.ShouldStartWith("diagnosis has not succeeded since ");
    }

    [Fact]
    public async Task On_one_SQLite_file_the_second_console_runs_the_jobs_when_the_first_one_dies()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var settings = JobSettings.Quiet(database.Settings, ("Timeouts:Enabled", "false"));
        await using var first = await ConsoleProcess.StartAsync(settings);
        await JobSettings.ReadyAsync(first.Http);
        (await NodeOfRunAsync(first.Http)).ShouldBe(first.Id);
        await using var second = await ConsoleProcess.StartAsync(settings);
        await JobSettings.ReadyAsync(second.Http);

        // Asked there, run here.
        (await NodeOfRunAsync(second.Http)).ShouldBe(first.Id);
        await first.KillAsync();
        (await NodeOfRunAsync(second.Http)).ShouldBe(second.Id);
    }

    /// <returns>What the run said at its end, without how long it took.</returns>
    private static async Task<string> RunAsync(ConsoleHost host, string job, bool whole = false)
    {
        var run = await RunAsync(host.Http, job, whole);
        run.GetProperty("result").GetString().ShouldBeOneOf("Succeeded", "Skipped");
        var summary = run.GetProperty("summary").GetString()!;
        if (run.GetProperty("result").GetString() == "Skipped") return summary;
        summary.ShouldMatch(@", \d+\.\d s$");
        return summary[..summary.LastIndexOf(", ", StringComparison.Ordinal)];
    }

    private static async Task<JsonElement> RunAsync(HttpClient http, string job, bool whole = false)
    {
        var before = await CountAsync(http, job);
        // The run before may have its result, and still be on its way out of the store.
        await Eventually.HoldsAsync(async () =>
        {
            using var asked = await http.PostAsJsonAsync($"/api/jobs/{job}/run", new { reason = "test", whole }, Cancel);
            return asked.IsSuccessStatusCode;
        }, "it can be asked for", Patience);
        await Eventually.HoldsAsync(async () => await CountAsync(http, job) == before + 1, $"{job} has run", Patience);
        return (await RunsAsync(http, job)).GetProperty("items")[0];
    }

    private static async Task<int> NodeOfRunAsync(HttpClient http) =>
        int.Parse((await RunAsync(http, "prune")).GetProperty("node").GetString()!.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<long> CountAsync(HttpClient http, string job) => (await RunsAsync(http, job)).GetProperty("total").GetInt64();

    private static async Task<JsonElement> RunsAsync(HttpClient http, string job) =>
        await (await http.GetAsync(new Uri($"/api/jobs/{job}/runs", UriKind.Relative), Cancel)).JsonAsync(HttpStatusCode.OK);

    private static async Task<(string Status, string Words)> HealthAsync(ConsoleHost host)
    {
        var ready = await (await host.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel)).JsonAsync(HttpStatusCode.OK);
        var jobs = ready.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "jobs");
        return (jobs.GetProperty("status").GetString()!, jobs.GetProperty("words").GetString()!);
    }

    /// <summary>So old that no order counts as being on its way into the queue.</summary>
    private static Task<int> AgeAsync(TestDatabase database) => SqlAsync(database, "UPDATE orders SET created_at = created_at - 60000");

    private static Task<int> DeadLockAsync(TestDatabase database, string orderNo) => database.Orders.WriteAsync(async db =>
    {
        var now = TimeProvider.System.GetUtcNow();
        db.OrderLocks.Add(new LockRow { OrderNo = orderNo, Owner = "gone:4711:dead", Token = new string('a', 32), AcquiredAt = now.AddMinutes(-5), LeaseUntil = now.AddMinutes(5) });
        return await db.SaveChangesAsync(Cancel);
    }, Cancel);

    private static Task<int> ClaimOfTheDeadAsync(TestDatabase database, string orderNo) => SqlAsync(database,
        $"UPDATE order_timeouts SET state = {(int)QueueRowState.Claimed}, owner = 'gone:4711:dead', token = '{new string('b', 32)}', at = 1 WHERE order_no = '{orderNo}'");

    private static Task<int> SqlAsync(TestDatabase database, string sql) => database.Orders.WriteAsync(async db =>
    {
        await using var command = db.Command(sql);
        return await command.ExecuteNonQueryAsync(Cancel);
    }, Cancel);

    /// <summary>The real clock, shown as later than it is.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
