using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using OrderConsole.Core.Data;
using OrderConsole.Jobs;
using OrderConsole.Tests.Api;
using OrderConsole.Tests.Support;
using Quartz;

namespace OrderConsole.Tests.Jobs;

/// <summary>Two consoles on one PostgreSQL: who dies, who takes over, and who can stop whom.</summary>
[Collection(Alone.Name)]
public sealed class JobClusterTests
{
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    // Every firing that any console begins, with the time it was planned for.
    private const string KeepFirings = """
        CREATE TABLE firings (entry_id text PRIMARY KEY, trigger_name text, trigger_group text, sched_time bigint, instance_name text);
        CREATE FUNCTION keep_firing() RETURNS trigger AS $$ BEGIN
            INSERT INTO firings VALUES (NEW.entry_id, NEW.trigger_name, NEW.trigger_group, NEW.sched_time, NEW.instance_name) ON CONFLICT DO NOTHING;
            RETURN NEW;
        END $$ LANGUAGE plpgsql;
        CREATE TRIGGER keep_firing AFTER INSERT OR UPDATE ON qrtz_fired_triggers FOR EACH ROW WHEN (NEW.state = 'EXECUTING') EXECUTE FUNCTION keep_firing();
        SELECT 0;
        """;

    // Times are in ticks; each schedule fires every second.
    private const string LostFirings = """
        SELECT f.trigger_name, f.earlier, f.sched_time FROM
            (SELECT trigger_name, sched_time, lag(sched_time) OVER (PARTITION BY trigger_name ORDER BY sched_time) AS earlier FROM firings WHERE trigger_group = 'schedule') f
        WHERE f.sched_time - f.earlier > 10000000 AND NOT EXISTS
            (SELECT 1 FROM qrtz_misfire_history m WHERE m.trigger_name = f.trigger_name AND m.sched_time > f.earlier AND m.sched_time <= f.sched_time)
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_stopped_from_the_other_console_and_one_of_a_killed_console_is_taken_over()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Postgres);
        var settings = JobSettings.Quiet(database.Settings, ("Timeouts:Enabled", "false"));
        await using var one = await ConsoleProcess.StartAsync(settings);
        await using var two = await ConsoleProcess.StartAsync(settings);
        await JobSettings.ReadyAsync(one.Http);
        await JobSettings.ReadyAsync(two.Http);
        await using var held = await JobSettings.HoldPruneAsync(database.ConnectionString);

        var (fire, node) = await BeginAsync(one, database);
        await (await one.Http.PostAsJsonAsync("/api/jobs/prune/run", new { reason = "again" }, Cancel)).ProblemAsync(409, "runs_already");
        await (await two.Http.PostAsJsonAsync("/api/jobs/prune/run", new { reason = "again" }, Cancel)).ProblemAsync(409, "runs_already");
        await DoAsync(Other(node, one, two), "cancel_job_run", fire);
        await Eventually.HoldsAsync(async () => (await EndsAsync(database)).Select(e => e.Result).SequenceEqual([JobRunResult.Cancelled]), "the run is stopped", Patience);

        (fire, node) = await BeginAsync(two, database);
        var (dying, living) = Is(node, one) ? (one, two) : (two, one);
        await dying.KillAsync();
        var clock = Stopwatch.StartNew();
        await Eventually.HoldsAsync(async () => (await RunningAsync(database)).Any(r => Is(r.Node, living)), "the other console has the run", Patience);
        clock.Elapsed.ShouldBeLessThan(TakeOver);
        await held.DisposeAsync();
        await Eventually.HoldsAsync(async () => (await EndsAsync(database)).Count >= 2, "the run came to its end", Patience);
        // What the dead console had begun has no end of its own; the living one began it anew and ended it.
        var (result, endedBy) = (await EndsAsync(database))[^1];
        result.ShouldBeOneOf(JobRunResult.Succeeded, JobRunResult.Skipped);
        Is(endedBy, living).ShouldBeTrue(endedBy);
    }

    [Fact]
    public async Task Two_hundred_firings_happen_once_each_while_a_console_is_killed()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Postgres);
        var settings = JobSettings.Busy(database.Settings);
        await using var one = await ConsoleProcess.StartAsync(settings);
        await using var two = await ConsoleProcess.StartAsync(settings);

        await JobSettings.ReadyAsync(one.Http);
        await JobSettings.ReadyAsync(two.Http);
        await JobSettings.ReadAsync(database.ConnectionString, KeepFirings, _ => 0);

        await Eventually.HoldsAsync(async () => await CountAsync(database) >= 80, "eighty firings", TimeSpan.FromMinutes(2));
        await one.KillAsync();
        var before = await LatestAsync(database);
        await Eventually.HoldsAsync(async () => await CountAsync(database) >= 200, "two hundred firings", TimeSpan.FromMinutes(2));
        await Eventually.HoldsAsync(async () => (await LatestAsync(database)).All(t => t.Value > before[t.Key]), "each schedule goes on after the kill", TimeSpan.FromMinutes(2));
        await two.StopAsync();

        (await JobSettings.ReadAsync(database.ConnectionString,
            "SELECT trigger_name, sched_time, count(*) FROM firings WHERE trigger_group = 'schedule' GROUP BY trigger_name, sched_time HAVING count(*) > 1",
            r => $"{r.GetString(0)} at {r.GetInt64(1)}: {r.GetInt64(2)} times")).ShouldBeEmpty();
        before.Count.ShouldBe(JobCatalogue.All.Count - 1, "every schedule but the upkeep's");
        // A trigger goes to its next time in the transaction that begins the firing. One that the dead console had only
        // acquired is given back with its time and fires late; one that it had begun stands here already, and is begun
        // anew beside the schedule. So no time may be left out, other than those that were so late that Quartz gave them
        // up: these it names as misfires, from the first one that was missed until it saw that.
        (await JobSettings.ReadAsync(database.ConnectionString, LostFirings, r => $"{r.GetString(0)} between {r.GetInt64(1)} and {r.GetInt64(2)}")).ShouldBeEmpty();
        (await JobSettings.ReadAsync(database.ConnectionString, "SELECT count(DISTINCT instance_name) FROM firings", r => r.GetInt64(0))).ShouldBe([2]);
        (await JobSettings.ReadAsync(database.ConnectionString, "SELECT count(*) FROM qrtz_execution_history WHERE result = 1 AND NOT retry_scheduled", r => r.GetInt64(0))).ShouldBe([0]);
    }

    private static async Task<(string Fire, string Node)> BeginAsync(ConsoleProcess console, TestDatabase database)
    {
        // A run that has just ended is taken out of the store a moment after its result is there.
        await Eventually.HoldsAsync(async () => (await console.Http.PostAsJsonAsync("/api/jobs/prune/run", new { reason = "test" }, Cancel)).IsSuccessStatusCode, "it can be run", Patience);
        await Eventually.HoldsAsync(async () => (await RunningAsync(database)).Count == 1, "the run has begun", Patience);
        var run = (await RunningAsync(database))[0];
        return (run.Fire, run.Node);
    }

    private static async Task DoAsync(ConsoleProcess console, string action, string target)
    {
        var prepared = await (await console.Http.PostAsJsonAsync("/api/operations", new { action, selection = new { listed = new[] { target } } }, Cancel)).JsonAsync(HttpStatusCode.Created);
        await (await console.Http.PostAsJsonAsync($"/api/operations/{prepared.GetProperty("id").GetInt64()}/run", new { reason = "test" }, Cancel)).JsonAsync(HttpStatusCode.OK);
    }

    private static ConsoleProcess Other(string node, ConsoleProcess one, ConsoleProcess two) => Is(node, one) ? two : one;

    private static bool Is(string node, ConsoleProcess console) => node.Split(':')[1] == $"{console.Id}";

    private static Task<List<(string Fire, string Node)>> RunningAsync(TestDatabase database) => JobSettings.ReadAsync(database.ConnectionString,
        "SELECT entry_id, instance_name FROM qrtz_fired_triggers WHERE job_name = 'prune' AND state = 'EXECUTING'", r => (r.GetString(0), r.GetString(1)));

    private static Task<List<(JobRunResult Result, string Node)>> EndsAsync(TestDatabase database) => JobSettings.ReadAsync(database.ConnectionString,
        "SELECT result, instance_name FROM qrtz_execution_history WHERE job_name = 'prune' ORDER BY fired_time", r => ((JobRunResult)r.GetInt32(0), r.GetString(1)));

    private static async Task<Dictionary<string, long>> LatestAsync(TestDatabase database) => (await JobSettings.ReadAsync(database.ConnectionString,
        "SELECT trigger_name, max(sched_time) FROM firings WHERE trigger_group = 'schedule' GROUP BY trigger_name", r => (r.GetString(0), r.GetInt64(1)))).ToDictionary();

    private static async Task<long> CountAsync(TestDatabase database) => (await JobSettings.ReadAsync(database.ConnectionString,
        "SELECT count(*) FROM firings", r => r.GetInt64(0)))[0];
}
