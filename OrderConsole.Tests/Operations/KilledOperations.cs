using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Operations;

/// <summary>A console that dies in the middle of an operation; another one finishes it, and nothing is done twice.</summary>
public sealed class KilledOperations
{
    private const int Orders = 2_000;
    // Ten seconds of silence, the look of the other console, and a busy machine.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(40);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    // Between two batches, in the middle of a transaction, and just after one.
    [InlineData(StoreSet.Sqlite, "operation:kill:2")]
    [InlineData(StoreSet.Postgres, "updated:kill:2")]
    [InlineData(StoreSet.Sqlite, "audited:kill:2")]
    [InlineData(StoreSet.PostgresWithRedis, "committed:kill:3")]
    public async Task A_killed_consoles_cancels_are_finished_by_another_each_once(StoreSet set, string fault)
    {
        await using var stores = await StoreSetup.CreateAsync(set);
        var shop = new Shop(stores.Database.Orders);
        await shop.Stock.SetAsync("SKU-1", 10_000, Stop);
        for (var batch = 0; batch < Orders; batch += 500)
            await shop.Place.PlaceBatchAsync([.. Enumerable.Range(batch, 500).Select(i => Shop.Request($"A-{i:D4}", TimeSpan.FromHours(1)))], Stop);
        await using var console = await ConsoleProcess.StartAsync(stores.Settings(("OC_FAULT", fault), ("Timeouts:Enabled", "false")));
        await using var other = await ConsoleProcess.StartAsync(stores.Settings());

        using var prepared = await console.Http.PostAsJsonAsync("api/operations", new { action = "cancel_orders", selection = new { orders = new { search = "A-" } } }, Stop);
        var id = (await prepared.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetInt64();
        // The answer dies with the console, unless that is so slow that it says before that it still runs.
        await Record.ExceptionAsync(() => console.Http.PostAsJsonAsync($"api/operations/{id}/run", new { reason = "closing down" }, Stop));
        await console.WaitForExitAsync(Bound);
        var cancelled = (await Invariants.ByStatusAsync(stores.Database.Orders)).GetValueOrDefault(OrderStatus.Cancelled);
        cancelled.ShouldBeInRange(500, Orders - 500, "it died in the middle");
        (await Invariants.BrokenAsync(stores.Database.Orders, 10_000)).ShouldBeEmpty();

        var operations = new OperationQueries(stores.Database.Orders);
        await Eventually.HoldsAsync(async () => (await operations.FindAsync(id, Stop))!.State == OperationState.Finished, "it is finished", Bound);

        var receipt = (await operations.FindAsync(id, Stop))!;
        (receipt.Done, receipt.Refused, receipt.Failed).ShouldBe((Orders, 0, 0));
        (await Invariants.ByStatusAsync(stores.Database.Orders)).ShouldBe(new Dictionary<OrderStatus, int> { [OrderStatus.Cancelled] = Orders });
        (await shop.Stock.FindAsync("SKU-1", Stop))!.Available.ShouldBe(10_000);
        (await Invariants.BrokenAsync(stores.Database.Orders, 10_000)).ShouldBeEmpty();
        var audited = await stores.Database.Orders.ReadAsync(db => db.Audit.Where(r => r.OperationId == id && r.Outcome == AuditOutcome.Done).Select(r => r.Target).ToListAsync(Stop));
        (audited.Count, audited.Distinct().Count()).ShouldBe((Orders, Orders), "each stands in the audit, once");
        (await other.Http.GetFromJsonAsync<JsonElement>("api/audit/verify", Stop)).GetProperty("isWhole").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData(StoreSet.Sqlite)]
    [InlineData(StoreSet.PostgresWithRedis)]
    public async Task What_a_killed_console_put_back_without_a_record_is_found_in_the_queue_once(StoreSet set)
    {
        await using var stores = await StoreSetup.CreateAsync(set);
        var shop = new Shop(stores.Database.Orders);
        await shop.Stock.SetAsync("SKU-1", 10_000, Stop);
        // Nobody hands their deadlines over: the queue knows none of them.
        await shop.Place.PlaceBatchAsync([.. Enumerable.Range(0, 100).Select(i => Shop.Request($"A-{i:D4}", TimeSpan.FromHours(1)))], Stop);
        await using var console = await ConsoleProcess.StartAsync(stores.Settings(("OC_FAULT", "requeued:kill"), ("Timeouts:Enabled", "false")));
        await using var other = await ConsoleProcess.StartAsync(stores.Settings(("Timeouts:Enabled", "false")));

        using var prepared = await console.Http.PostAsJsonAsync("api/operations", new { action = "requeue_timeouts", selection = new { orders = new { search = "A-" } } }, Stop);
        var id = (await prepared.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetInt64();
        await Record.ExceptionAsync(() => console.Http.PostAsJsonAsync($"api/operations/{id}/run", new { reason = "were lost" }, Stop));
        await console.WaitForExitAsync(Bound);

        var operations = new OperationQueries(stores.Database.Orders);
        await Eventually.HoldsAsync(async () => (await operations.FindAsync(id, Stop))!.State == OperationState.Finished, "it is finished", Bound);
        var receipt = (await operations.FindAsync(id, Stop))!;
        (receipt.Done, receipt.Refused, receipt.Failed).ShouldBe((0, 100, 0));
        (await operations.CodesAsync(id, Stop)).ShouldBe(new Dictionary<string, int> { [RefusalCodes.InQueueAlready] = 100 });
        var queue = await other.Http.GetFromJsonAsync<JsonElement>("api/queue?state=scheduled&pageSize=1", Stop);
        queue.GetProperty("total").GetInt32().ShouldBe(100);
    }

    [Fact]
    public async Task A_stopped_consoles_operation_is_finished_after_its_restart()
    {
        await using var stores = await StoreSetup.CreateAsync(StoreSet.Sqlite);
        var shop = new Shop(stores.Database.Orders);
        await shop.Stock.SetAsync("SKU-1", 10_000, Stop);
        await shop.Place.PlaceAsync(Shop.Request("A", TimeSpan.FromHours(1)), null, Stop);
        await using var console = await ConsoleProcess.StartAsync(stores.Settings(("Timeouts:Enabled", "false")));
        using var prepared = await console.Http.PostAsJsonAsync("api/operations", new { action = "cancel_orders", selection = new { listed = new[] { "A" } } }, Stop);
        var id = (await prepared.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetInt64();
        await console.StopAsync();
        await console.RestartAsync();

        using var run = await console.Http.PostAsJsonAsync($"api/operations/{id}/run", new { reason = "closing down" }, Stop);

        (await run.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("done").GetInt32().ShouldBe(1, "what was prepared before is run after");
        (await shop.Orders.RowAsync("A", Stop))!.CancelReason.ShouldBe("closing down");
    }
}
