using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using OrderConsole.Core.Data;
using OrderConsole.Jobs;
using OrderConsole.Tests.Api;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Jobs;

/// <summary>Jobs through the API, on SQLite; and what a restart keeps.</summary>
public sealed class JobsApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_are_listed_run_paused_with_reason_and_resumed_and_remember_who_asked()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var host = await ConsoleHost.StartAsync(JobSettings.Quiet(database.Settings));
        await JobSettings.ReadyAsync(host.Http);
        var listed = await GetAsync(host, "/api/jobs");
        (listed.GetProperty("page").GetInt32(), listed.GetProperty("pageSize").GetInt32(), listed.GetProperty("total").GetInt64()).ShouldBe((1, 50, JobCatalogue.All.Count));
        var second = await GetAsync(host, "/api/jobs?page=2&pageSize=4");
        second.GetProperty("items").EnumerateArray().Select(j => j.GetProperty("name").GetString()).ShouldBe(JobCatalogue.All.Skip(4).Take(4).Select(j => j.Name));
        second.GetProperty("total").GetInt64().ShouldBe(JobCatalogue.All.Count);
        await (await host.Http.GetAsync(new Uri("/api/jobs?pageSize=201", UriKind.Relative), Cancel)).ProblemAsync(422, "invalid");
        var list = listed.GetProperty("items").EnumerateArray().ToList();
        list.Select(j => j.GetProperty("name").GetString()).ShouldBe(JobCatalogue.All.Select(j => j.Name));
        (list[0].GetProperty("schedule").GetString(), list[0].GetProperty("timeZone").GetString()).ShouldBe(("0 0 1 1 *", "UTC"));

        (await (await host.Http.PostAsync(new Uri("/api/jobs/upkeep/run", UriKind.Relative), null, Cancel)).JsonAsync(HttpStatusCode.OK)).GetProperty("name").GetString().ShouldBe("upkeep");
        await (await PostAsync(host, "/api/jobs/reconcile/run", new { reason = "after the flush", whole = true })).JsonAsync(HttpStatusCode.OK);
        await Eventually.HoldsAsync(async () => (await RunsAsync(host, "upkeep")).Count == 1 && (await RunsAsync(host, "reconcile")).Count == 1, "both ran");
        var run = (await RunsAsync(host, "reconcile"))[0];
        (run.GetProperty("result").GetString(), run.GetProperty("reason").GetString(), run.GetProperty("by").GetString()).ShouldBe(("Succeeded", "after the flush", "setup"));
        run.GetProperty("figures").GetProperty("compared").GetInt64().ShouldBe(0);

        var paused = await (await PostAsync(host, "/api/jobs/drain/pause", new { reason = "release" })).JsonAsync(HttpStatusCode.OK);
        (paused.GetProperty("paused").GetProperty("reason").GetString(), paused.GetProperty("nextAt").ValueKind).ShouldBe(("release", JsonValueKind.Null));
        await (await PostAsync(host, "/api/jobs/drain/pause", new { reason = "release" })).ProblemAsync(409, "job_paused_already");
        (await (await host.Http.PostAsync(new Uri("/api/jobs/drain/resume", UriKind.Relative), null, Cancel)).JsonAsync(HttpStatusCode.OK)).GetProperty("paused").ValueKind.ShouldBe(JsonValueKind.Null);
        await (await PostAsync(host, "/api/jobs/drain/resume", new { reason = "x" })).ProblemAsync(409, "job_not_paused");
        await (await PostAsync(host, "/api/jobs/nobody/run", new { reason = "x" })).ProblemAsync(404, "unknown_job");
        await (await host.Http.GetAsync(new Uri("/api/jobs/drain/runs?result=good", UriKind.Relative), Cancel)).ProblemAsync(422, "invalid");
        await (await PrepareAsync(host, "61 * * * *")).ProblemAsync(422, "invalid");
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task An_edited_schedule_and_a_pause_outlast_a_restart_and_what_nobody_edited_follows_the_settings(DatabaseProvider provider)
    {
        (string, string)[] everySecond = [("Jobs:Schedules:Prune", "* * * * * ?"), ("Jobs:Schedules:Recover", "* * * * * ?")];
        long pruned, recovered;
        await using var database = await TestDatabase.CreateAsync(provider);
        await using (var host = await ConsoleHost.StartAsync(JobSettings.Quiet(database.Settings, everySecond)))
        {
            await JobSettings.ReadyAsync(host.Http);
            await Eventually.HoldsAsync(async () => await CountAsync(host, "recover") > 0 && await CountAsync(host, "prune") > 0, "both run every second");
            await (await PostAsync(host, "/api/jobs/recover/pause", new { reason = "migration" })).JsonAsync(HttpStatusCode.OK);
            var id = (await (await PrepareAsync(host, "15 4 * * *")).JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetInt64();
            await (await PostAsync(host, $"/api/operations/{id}/run", new { reason = "quiet hours" })).JsonAsync(HttpStatusCode.OK);
            await (await PostAsync(host, "/api/jobs/upkeep/pause", new { reason = "migration" })).JsonAsync(HttpStatusCode.OK);
            // What had begun before the pause comes to its end.
            pruned = await CountAsync(host, "prune");
            await Eventually.HoldsAsync(async () => await CountAsync(host, "prune") >= pruned + 2, "the other job goes on");
        }
        await using (var host = await ConsoleHost.StartAsync(JobSettings.Quiet(database.Settings, [.. everySecond, ("Jobs:Schedules:Metrics", "30 1 * * *")])))
        {
            await JobSettings.ReadyAsync(host.Http);
            (pruned, recovered) = (await CountAsync(host, "prune"), await CountAsync(host, "recover"));
            await Eventually.HoldsAsync(async () => await CountAsync(host, "prune") >= pruned + 3, "the other job goes on after the restart");
            (await CountAsync(host, "recover")).ShouldBe(recovered, "a paused job stays paused");
            // Also counted from the pause: no run between it and the first look.
            var paused = (await GetAsync(host, "/api/jobs")).GetProperty("items").EnumerateArray().Single(j => j.GetProperty("name").GetString() == "recover").GetProperty("paused").GetProperty("at").GetDateTimeOffset();
            (await RunsAsync(host, "recover"))[0].GetProperty("startedAt").GetDateTimeOffset().ShouldBeLessThan(paused.AddSeconds(5));
            var jobs = (await GetAsync(host, "/api/jobs")).GetProperty("items").EnumerateArray().ToDictionary(j => j.GetProperty("name").GetString()!);
            (jobs["upkeep"].GetProperty("schedule").GetString(), jobs["upkeep"].GetProperty("settingsSchedule").GetString()).ShouldBe(("15 4 * * *", "0 0 1 1 *"));
            var pause = jobs["upkeep"].GetProperty("paused");
            (pause.GetProperty("by").GetString(), pause.GetProperty("reason").GetString()).ShouldBe(("setup", "migration"));
            jobs["metrics"].GetProperty("schedule").GetString().ShouldBe("30 1 * * *");

            var id = (await (await PostAsync(host, "/api/operations", new { action = "reset_job_schedule", selection = new { listed = new[] { "upkeep" } } })).JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetInt64();
            await (await PostAsync(host, $"/api/operations/{id}/run", new { reason = "as before" })).JsonAsync(HttpStatusCode.OK);
            var back = (await GetAsync(host, "/api/jobs")).GetProperty("items").EnumerateArray().Single(j => j.GetProperty("name").GetString() == "upkeep");
            (back.GetProperty("schedule").GetString(), back.GetProperty("paused").GetProperty("reason").GetString()).ShouldBe(("0 0 1 1 *", "migration"));
        }
    }

    [Fact]
    public async Task A_store_that_is_away_does_not_keep_the_console_from_starting_and_jobs_begin_when_it_comes()
    {
        var there = await SharedPostgres.CreateDatabaseAsync();
        var later = new NpgsqlConnectionStringBuilder(there) { Database = $"later_{Guid.NewGuid():N}" };
        await using (var host = await ConsoleHost.StartAsync(
            [new("Jobs:Enabled", "true"), new("Timeouts:Enabled", "false"), new("Database:Provider", "Postgres"), new("ConnectionStrings:Orders", later.ConnectionString)],
            services => { foreach (var upgrade in services.Where(s => s.ImplementationType == typeof(DatabaseUpgrade)).ToList()) services.Remove(upgrade); }))
        {
            await (await host.Http.GetAsync(new Uri("/api/jobs", UriKind.Relative), Cancel)).ProblemAsync(503, "store_unavailable");
            Visitors.SignedInEarlier(host);
            using var page = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, "/jobs")) { Headers = { { "Cookie", await Visitors.CookieHeaderAsync(host.Address) } } };
            using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false });
            (await browser.SendAsync(page, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
            await JobSettings.ReadAsync(there, $"CREATE DATABASE {later.Database}", _ => 0);
            // Users and keys live there, too.
            await host.Get<OrderDatabase>().MigrateAsync(Cancel);
            await JobSettings.ReadyAsync(host.Http);
        }
    }

    [Fact]
    public async Task A_console_without_jobs_says_so()
    {
        await using var off = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        await (await off.Http.GetAsync(new Uri("/api/jobs", UriKind.Relative), Cancel)).ProblemAsync(409, "jobs_off");
        await (await PostAsync(off, "/api/jobs/drain/run", new { reason = "x" })).ProblemAsync(409, "jobs_off");
    }

    [Theory]
    [InlineData("Jobs:Schedules:Drain", "61 * * * *", "minute")]
    [InlineData("Jobs:Schedules:Drains", "* * * * *", "Jobs:Schedules:Drains")]
    [InlineData("Jobs:TimeZone", "Moon/Base", "Jobs:TimeZone")]
    public async Task A_wrong_setting_fails_the_start_in_words(string key, string value, string said)
    {
        var (exitCode, output) = await ConsoleProcess.RunToEndAsync([new(key, value)]);
        exitCode.ShouldBe(1);
        output.ShouldContain(said);
    }

    private static Task<HttpResponseMessage> PrepareAsync(ConsoleHost host, string cron) =>
        PostAsync(host, "/api/operations", new { action = "reschedule_job", selection = new { listed = new[] { "upkeep" } }, parameters = new { cron } });

    private static async Task<List<JsonElement>> RunsAsync(ConsoleHost host, string job) =>
        [.. (await GetAsync(host, $"/api/jobs/{job}/runs")).GetProperty("items").EnumerateArray()];

    private static async Task<long> CountAsync(ConsoleHost host, string job) => (await GetAsync(host, $"/api/jobs/{job}/runs?pageSize=1")).GetProperty("total").GetInt64();

    private static async Task<JsonElement> GetAsync(ConsoleHost host, string url) => await (await host.Http.GetAsync(new Uri(url, UriKind.Relative), Cancel)).JsonAsync(HttpStatusCode.OK);

    private static Task<HttpResponseMessage> PostAsync(ConsoleHost host, string url, object body) => host.Http.PostAsJsonAsync(url, body, Cancel);
}
