using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrderConsole.Core.Diagnostics;
using OrderConsole.Core.Locks;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Diagnostics;

/// <summary>How runs are shared, ended, compared and kept.</summary>
public sealed class RunnerTests() : DiagnosisTests(StoreSet.Sqlite)
{
    [Fact]
    public async Task Who_asks_during_a_run_gets_its_report_and_progress_is_told()
    {
        await OpenAsync();
        var (seen, total) = (new List<DiagnosisProgress>(), Runner.Checks.Count);
        Runner.Changed += () => { if (Runner.Progress is { } progress) lock (seen) seen.Add(progress); };

        var reports = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Runner.RunAsync(DiagnosisTrigger.Api, Stop)));

        reports.Select(r => r.Id).Distinct().Count().ShouldBe(1);
        (await Engine.Get<DiagnosisStore>().PageAsync(1, 50, Stop)).Total.ShouldBe(1);
        seen.ShouldContain(new DiagnosisProgress(total, total));
        Runner.Progress.ShouldBeNull();
        (await Runner.RunAsync(DiagnosisTrigger.Api, Stop)).Id.ShouldNotBe(reports[0].Id);
    }

    [Fact]
    public async Task A_run_that_nobody_waits_for_any_more_ends_and_keeps_nothing()
    {
        await OpenAsync();
        using var gone = new CancellationTokenSource();
        Runner.Changed += gone.Cancel;

        await Should.ThrowAsync<OperationCanceledException>(() => Runner.RunAsync(DiagnosisTrigger.Api, gone.Token));

        await Support.Eventually.HoldsAsync(() => Runner.Progress is null, "it has ended");
        (await Engine.Get<DiagnosisStore>().LatestAsync(Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task A_report_says_what_is_new_worse_and_gone_and_the_oldest_reports_are_forgotten()
    {
        await OpenAsync(("Diagnosis:MaxReports", "2"));
        await BeatAsync();
        var first = await Runner.RunAsync(DiagnosisTrigger.Job, Stop);
        first.ComparedWith.ShouldBeNull();
        await NodeAsync("silent-1", 60, 60);
        (await Runner.RunAsync(DiagnosisTrigger.Job, Stop)).Findings.Single(f => f.Code == "node_silent").Change.ShouldBe(FindingChange.New);
        await NodeAsync("silent-2", 60, 60);
        var third = await Runner.RunAsync(DiagnosisTrigger.Job, Stop);
        third.Findings.Single(f => f.Code == "node_silent").Change.ShouldBe(FindingChange.Worse);
        await ForgetNodeAsync("silent-1");
        await ForgetNodeAsync("silent-2");
        var fourth = await Runner.RunAsync(DiagnosisTrigger.Job, Stop);
        fourth.Gone.ShouldContain(g => g.Code == "node_silent");
        fourth.ComparedWith.ShouldBe(third.Id);

        var kept = await Engine.Get<DiagnosisStore>().PageAsync(1, 50, Stop);
        kept.Items.Select(r => (long?)r.Id).ShouldBe([fourth.Id, third.Id]);
        var read = (await Engine.Get<DiagnosisStore>().FindAsync(third.Id!.Value, Stop)).ShouldNotBeNull();
        read.ToJson().ShouldBe(third.ToJson());
    }

    [Fact]
    public async Task A_write_ahead_log_that_grows_is_found()
    {
        await OpenAsync();
        var log = new SqliteConnectionStringBuilder(Stores.Database.ConnectionString).DataSource + "-wal";
        void Resize(long size)
        {
            using var file = new FileStream(log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            file.SetLength(size);
        }
        await BeatAsync();
        var size = new FileInfo(log).Length;
        await RedAndGreenAsync("write_ahead_log", new("log_large", () => Task.Run(() => Resize(300_000_000)), () => Task.Run(() => Resize(size))));
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_as_critical_and_the_report_is_there_all_the_same()
    {
        await OpenAsync();
        await SqlAsync("ALTER TABLE nodes RENAME TO elsewhere");

        var report = await Runner.RunAsync(DiagnosisTrigger.Command, Stop);

        report.Findings[0].Code.ShouldBe("database_away");
        report.Findings.Where(f => f.Check == "poller").ShouldHaveSingleItem().Code.ShouldBe(DiagnosisRunner.CouldNotLook);
        report.Findings.ShouldNotContain(f => f.Check == "stock_ledger");
        await SqlAsync("ALTER TABLE elsewhere RENAME TO nodes");
        (await CodesAsync("database_latency")).ShouldBeEmpty();
    }

    [Fact]
    public void Warnings_about_locks_are_counted_by_kind_for_an_hour_and_no_others()
    {
        var time = new FakeTimeProvider();
        using var warnings = new LockWarnings(time);
        var (locks, other) = (warnings.CreateLogger(typeof(ILockInspector).FullName!), warnings.CreateLogger("OrderConsole.Core.Orders.PlaceOrders"));
        for (var i = 1; i <= 5; i++) locks.LogWarning("{Count} were not ours", i);
        other.LogError("The lock of {OrderNo} is gone\nfor ever", "A-1");
        other.LogWarning("The clock of the block was released");
        locks.LogInformation("{Count} are ours", 1);

        var kinds = warnings.Recent();
        kinds.Select(k => k.Count).ShouldBe([5, 1]);
        kinds[0].Lines.ShouldBe(["5 were not ours", "4 were not ours", "3 were not ours"]);
        kinds[1].Lines.ShouldHaveSingleItem().ShouldNotContain("\n");
        time.Advance(TimeSpan.FromMinutes(61));
        warnings.Recent().ShouldBeEmpty();
    }
}
