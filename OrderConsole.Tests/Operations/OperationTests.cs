using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Operations;

/// <summary>Tests of operator actions in an engine that is put together and not started: nobody else touches orders or entries.</summary>
public abstract class OperationTests(StoreSet set) : EngineTests(set)
{
    protected static readonly Operator Somebody = Operator.System("somebody");

    protected OperationGate Gate => Engine.Get<OperationGate>();
    protected OperationQueries Operations => Engine.Get<OperationQueries>();

    protected Task<Operation> PrepareAsync(string action, TargetSelection selection, OperationParameters? parameters = null) =>
        Gate.PrepareAsync(action, selection, parameters ?? OperationParameters.None, Somebody, Stop);

    protected Task<Operation> PrepareAsync(string action, params IReadOnlyList<string> targets) => PrepareAsync(action, TargetSelection.Of(targets));

    /// <summary>Runs it and waits for its end.</summary>
    protected Task<Operation> RunAsync(Operation prepared) => Gate.RunToEndAsync(prepared.Id, "because", Somebody, Stop);

    protected Task<OperationItem> DoNowAsync(string action, string target, OperationParameters? parameters = null) =>
        Gate.DoNowAsync(action, target, parameters ?? OperationParameters.None, "because", Somebody, Stop);

    /// <summary>What became of each target: its code, or its state when it has none.</summary>
    protected async Task<Dictionary<string, string>> OutcomesAsync(Operation operation)
    {
        var items = await Engine.Database.ReadAsync(db => db.OperationItems.Where(i => i.OperationId == operation.Id).ToListAsync(Stop));
        return items.ToDictionary(i => i.Target, i => i.Code ?? i.State.ToString());
    }

    /// <summary>Pending orders of one piece of <paramref name="sku"/> for 10, with some time left.</summary>
    protected async Task PlaceAsync(string sku = "SKU-1", params string[] numbers)
    {
        if (await Shop.Stock.FindAsync(sku, Stop) is null) await Shop.Stock.SetAsync(sku, 1_000_000, Stop);
        foreach (var chunk in numbers.Chunk(PlaceOrders.MaxBatch))
            (await Shop.Place.PlaceBatchAsync([.. chunk.Select(no => Shop.Request(no, TimeSpan.FromHours(1), (sku, 1)))], Stop)).ShouldAllBe(r => r.Placed != null);
    }

    protected async Task<PaymentOutcome> PayAsync(string no, string paymentId, decimal amount = 10m) =>
        await Shop.Pay.RecordAsync(no, new PaymentReport(paymentId, amount, null), Stop);

    /// <summary>Cancelled orders, each with a late payment <c>P-</c> and its number.</summary>
    protected async Task PaidLateAsync(string sku = "SKU-1", params string[] numbers)
    {
        await PlaceAsync(sku, numbers);
        foreach (var no in numbers)
        {
            await Shop.Cancel.CancelAsync(no, "too late", Stop);
            (await PayAsync(no, "P-" + no)).ShouldBe(PaymentOutcome.Late);
        }
    }

    /// <summary>Makes any change of this order's row fail, as a constraint of somebody else's would.</summary>
    protected Task PoisonAsync(string no) => Engine.Database.WriteAsync(async db =>
    {
        string[] commands = Engine.Database.IsSqlite
            ? [$"CREATE TRIGGER poison BEFORE UPDATE ON orders WHEN old.no = '{no}' BEGIN SELECT RAISE(ABORT, 'poisoned'); END"]
            : ["CREATE FUNCTION poison() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'poisoned'; END $$ LANGUAGE plpgsql",
                $"CREATE TRIGGER poison BEFORE UPDATE ON orders FOR EACH ROW WHEN (old.no = '{no}') EXECUTE FUNCTION poison()"];
        foreach (var text in commands)
        {
            await using var command = db.Command(text);
            await command.ExecuteNonQueryAsync(Stop);
        }
        return 0;
    }, Stop);

    protected async Task WholeAsync(long? pieces = 1_000_000) => (await Invariants.BrokenAsync(Engine.Database, pieces)).ShouldBeEmpty();

    /// <summary>Schedules orders as due, claims them all, and ends the claims as dead letters.</summary>
    protected async Task BuryAsync(params string[] numbers)
    {
        await Shop.QueueAsync(Queue, numbers);
        while ((await Queue.ClaimDueAsync(1_000, TimeSpan.FromMinutes(1), "test", Stop)).Claims is { Count: > 0 } claims)
            await Queue.ReleaseAsync([.. claims.Select(c => ClaimRelease.DeadLetter(c, DeadLetterReasons.Failed, "boom"))], Stop);
    }
}
