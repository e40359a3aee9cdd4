using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Operations;

public sealed class PauseOnSqlite() : PauseTests(StoreSet.Sqlite);

public sealed class PauseOnPostgres() : PauseTests(StoreSet.Postgres);

public sealed class PauseOnRedis() : PauseTests(StoreSet.PostgresWithRedis);

/// <summary>Processing paused on all consoles: this one and another process.</summary>
public abstract class PauseTests(StoreSet set) : OperationTests(set)
{
    // What is promised, and what a busy machine adds.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2.5);

    [Fact]
    public async Task A_pause_holds_on_every_console_and_over_a_restart_and_a_resume_drains_what_has_waited()
    {
        await PutTogetherAsync();
        await Engine.StartAsync();
        await using var other = await ConsoleProcess.StartAsync(Stores.Settings());

        (await DoNowAsync(PauseProcessing.ActionName, PauseProcessing.Target)).State.ShouldBe(OperationItemState.Done);
        await Eventually.HoldsAsync(async () => (await ReadyAsync(other)).Contains("Paused by somebody", StringComparison.Ordinal), "the other one knows");
        (await DoNowAsync(PauseProcessing.ActionName, PauseProcessing.Target)).Code.ShouldBe(RefusalCodes.PausedAlready);
        var numbers = await Shop.OverdueAsync(100);
        await Shop.QueueAsync(Queue, numbers);
        await BothLookedAgainAsync();
        (await Invariants.ByStatusAsync(Engine.Database)).ShouldBe(new Dictionary<OrderStatus, int> { [OrderStatus.Pending] = 100 });

        // Placing and paying go on; nobody is unhealthy.
        using var paid = await other.Http.PostAsJsonAsync($"api/orders/{numbers[0]}/payment", new { paymentId = "in-time", amount = 30m }, Stop);
        paid.StatusCode.ShouldBe(HttpStatusCode.OK);
        Engine.Get<ProcessorHealth>().IsProgressing.ShouldBeTrue();
        await other.KillAsync();
        await other.RestartAsync();
        (await PausedWordsAsync(other)).ShouldContain("because");
        await BothLookedAgainAsync();
        (await Invariants.ByStatusAsync(Engine.Database))[OrderStatus.Pending].ShouldBe(99);

        using var resumed = await other.Http.PostAsJsonAsync("api/processing/resume", new { reason = "all well again" }, Stop);
        resumed.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.HoldsAsync(() => Engine.Get<ProcessingSwitch>().Pause is null, "this console claims again", Soon);
        await AllFinalAsync();
        await NothingIsLeftAsync();
        (await DoNowAsync(ResumeProcessing.ActionName, PauseProcessing.Target)).Code.ShouldBe(RefusalCodes.NotPaused);
        await WholeAsync();
    }

    [Fact]
    public async Task Twenty_pauses_at_once_are_one()
    {
        await PutTogetherAsync();

        var items = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => DoNowAsync(PauseProcessing.ActionName, PauseProcessing.Target), Stop)));

        items.Count(i => i.State == OperationItemState.Done).ShouldBe(1);
        items.Count(i => i.Code == RefusalCodes.PausedAlready).ShouldBe(19);
        (await Should.ThrowAsync<InvalidInputException>(() => PrepareAsync(ResumeProcessing.ActionName, "coffee-machine"))).Field.ShouldBe("selection.listed");
    }

    /// <summary>Every live console has finished two rounds since now.</summary>
    private async Task BothLookedAgainAsync()
    {
        var since = await Engine.Database.NowAsync(Stop) + ProcessingSwitch.LookInterval;
        await Eventually.HoldsAsync(async () =>
            await Engine.Database.ReadAsync(db => db.Nodes.CountAsync(n => n.PolledAt > since, Stop)) >= 2, "both have looked", Patience);
    }

    private static async Task<string> ReadyAsync(ConsoleProcess console)
    {
        using var ready = await console.Http.GetAsync(new Uri("health/ready", UriKind.Relative), Stop);
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        var checks = (await ready.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("checks").EnumerateArray();
        return checks.Single(c => c.GetProperty("name").GetString() == "processor").GetProperty("words").GetString()!;
    }

    private static async Task<string> PausedWordsAsync(ConsoleProcess console)
    {
        var words = "";
        await Eventually.HoldsAsync(async () => (words = await ReadyAsync(console)).StartsWith("Paused", StringComparison.Ordinal), "it says that it is paused");
        return words;
    }
}
