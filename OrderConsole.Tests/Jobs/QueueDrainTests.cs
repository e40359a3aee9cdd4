using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Jobs;

/// <summary>The drain and the upkeep, each without the rest of the engine running.</summary>
public sealed class QueueDrainTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task What_nobody_took_is_cancelled_batch_by_batch_and_a_pause_keeps_it_waiting(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var engine = await Engine.CreateAsync(new Dictionary<string, string?>(database.Settings) { ["Timeouts:BatchSize"] = "10" });
        var shop = new Shop(engine.Database);
        var numbers = await shop.OverdueAsync(25);
        await Shop.QueueAsync(engine.Get<ITimeoutQueue>(), numbers);
        var (drain, heard) = (engine.Get<QueueDrain>(), new List<int>());

        await engine.Database.WriteAsync(async db => { db.Add(new ProcessingPause { By = "ann", Reason = "count" }); return await db.SaveChangesAsync(Cancel); }, Cancel);
        await engine.Get<ProcessingSwitch>().ReadAsync(Cancel);
        (await drain.RunAsync(_ => { }, Cancel)).ShouldBeNull();
        await engine.Get<OperationGate>().DoNowAsync(ResumeProcessing.ActionName, PauseProcessing.Target, OperationParameters.None, "counted", Operator.System("ann"), Cancel);

        var done = await drain.RunAsync(sofar => heard.Add(sofar.Claimed), Cancel);
        done.ShouldBe(new DrainResult(25, 25, 0, null));
        heard.ShouldBe([10, 20, 25]);
        foreach (var no in numbers) (await shop.Orders.RowAsync(no, Cancel))!.Status.ShouldBe(OrderStatus.Cancelled);
        (await drain.RunAsync(_ => { }, Cancel)).ShouldBe(new DrainResult(0, 0, 0, null));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task Upkeep_gathers_statistics_and_empties_the_write_ahead_log(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var engine = await Engine.CreateAsync(database.Settings);
        await new Shop(engine.Database).OverdueAsync(50);

        var done = await engine.Get<DatabaseUpkeep>().RunAsync(Cancel);

        done.IsWhole.ShouldBeTrue();
        (done.WalPages is null).ShouldBe(provider == DatabaseProvider.Postgres);
        if (provider == DatabaseProvider.Sqlite)
            new FileInfo(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(database.ConnectionString).DataSource + "-wal").Length.ShouldBe(0);
    }
}
