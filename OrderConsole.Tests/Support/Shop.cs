using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Tests.Support;

/// <summary>A shop that places and pays orders in this process; nobody queues or cancels them unless a test says so.</summary>
public sealed class Shop
{
    private readonly OrderDatabase _database;

    public Shop(OrderDatabase database, DeadlineScheduler? deadlines = null)
    {
        _database = database;
        // One that never runs: what it is given stays in its channel.
        deadlines ??= new DeadlineScheduler(null!, new PollerWakeUp(TimeProvider.System), null!, TimeProvider.System, NullLogger<DeadlineScheduler>.Instance);
        Stock = new StockLevels(database, TimeProvider.System);
        Place = new PlaceOrders(database, deadlines, Options.Create(new OrderOptions()), TimeProvider.System);
        Pay = new RecordPayment(database, deadlines, TimeProvider.System);
        Canceller = new OrderCanceller(database, TimeProvider.System);
        Orders = new OrderQueries(database);
        var facts = new OverdueOrderReader(database);
        var operations = new ShopOperations(database, Orders, [new CancelOrders(facts, Canceller, deadlines), new ExtendOrders(database, facts, deadlines, TimeProvider.System)]);
        (Cancel, Extend) = (new(operations), new(operations));
    }

    public StockLevels Stock { get; }
    public PlaceOrders Place { get; }
    public RecordPayment Pay { get; }
    public ShopOperations.Extending Extend { get; }
    public ShopOperations.Cancelling Cancel { get; }
    public OrderCanceller Canceller { get; }
    public OrderQueries Orders { get; }

    public static PlaceOrderRequest Request(string? no = null, TimeSpan? window = null, params (string Sku, int Quantity)[] lines) => new(
        no, null, "CNY", [.. (lines.Length > 0 ? lines : [("SKU-1", 1)]).Select(l => new PlaceOrderLine(l.Sku, l.Quantity, 10m))], window);

    /// <summary>Orders of two lines over <paramref name="skus"/> SKUs that hold <paramref name="pieces"/> each, all overdue already.</summary>
    public async Task<IReadOnlyList<string>> OverdueAsync(int count, int skus = 20, long pieces = 1_000_000)
    {
        for (var sku = 0; sku < skus; sku++) await Stock.SetAsync($"SKU-{sku}", pieces, CancellationToken.None);
        var numbers = Enumerable.Range(1, count).Select(i => $"T{i:D6}").ToArray();
        foreach (var chunk in numbers.Chunk(PlaceOrders.MaxBatch))
            await Place.PlaceBatchAsync([.. chunk.Select((no, i) => Request(no, TimeSpan.FromSeconds(1), ($"SKU-{i % skus}", 1), ($"SKU-{(i * 7 + 3) % skus}", 2)))], CancellationToken.None);
        await MakeOverdueAsync();
        return numbers;
    }

    /// <summary>Moves every deadline a minute back, as if that time had gone by.</summary>
    public Task MakeOverdueAsync() => _database.WriteAsync(async db =>
    {
        await using var command = db.Command("UPDATE orders SET expires_at = expires_at - 60000, created_at = created_at - 60000 WHERE status = 0");
        return await command.ExecuteNonQueryAsync();
    }, CancellationToken.None);

    public static Task QueueAsync(ITimeoutQueue queue, IEnumerable<string> orderNos) =>
        queue.ScheduleAsync([.. orderNos.Select(no => new ScheduledTimeout(no, TimeProvider.System.GetUtcNow().AddSeconds(-30)))], CancellationToken.None);
}
