using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;

namespace OrderConsole.Demo;

/// <summary>
/// Places orders all the time through the same use cases as the API. Some customers pay in time, some after the
/// deadline, some never; now and then many come at once.
/// </summary>
internal sealed partial class DemoShop(PlaceOrders orders, RecordPayment payments, StockLevels stock, TimeProvider time, ILogger<DemoShop> log) : BackgroundService
{
    private const double PaysInTime = 0.55, PaysLate = 0.10;

    /// <summary>Their windows are short, so that whoever has just opened the demo sees each kind within seconds: paid in time, late, never.</summary>
    private static readonly (TimeSpan Window, TimeSpan? PaidAfter)[] FirstCustomers =
    [
        (TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(300)), (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1)), (TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(2)),
        (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)), (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5)),
        (TimeSpan.FromSeconds(1), null), (TimeSpan.FromSeconds(2), null), (TimeSpan.FromSeconds(4), null),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // The database may still be on its way: a shop without stock would sell nothing.
            while (!await TryAsync(() => StockUpAsync(stoppingToken), stoppingToken)) await Task.Delay(TimeSpan.FromMilliseconds(250), time, stoppingToken);
            foreach (var (window, paidAfter) in FirstCustomers) _ = TryAsync(() => ServeAsync(window, paidAfter, stoppingToken), stoppingToken);
            await SellAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task SellAsync(CancellationToken stop)
    {
        for (var round = 1; ; round++)
        {
            // A rush every half minute or so, else a few orders a second.
            var customers = round % 40 == 0 ? 60 : Random.Shared.Next(1, 4);
            for (var i = 0; i < customers; i++) _ = TryAsync(() => ServeAsync(stop), stop);
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(400, 1_100)), time, stop);
            if (round % 300 == 0) await TryAsync(() => StockUpAsync(stop), stop);
        }
    }

    private async Task StockUpAsync(CancellationToken cancel)
    {
        foreach (var product in DemoCatalogue.Products) await stock.SetAsync(product.Sku, product.Stock, cancel);
    }

    private Task ServeAsync(CancellationToken cancel)
    {
        var window = TimeSpan.FromSeconds(Random.Shared.Next(5, 41));
        return ServeAsync(window, Random.Shared.NextDouble() switch
        {
            < PaysInTime => window * (0.1 + 0.8 * Random.Shared.NextDouble()),
            < PaysInTime + PaysLate => window + TimeSpan.FromSeconds(Random.Shared.Next(3, 12)),
            _ => null,
        }, cancel);
    }

    private async Task ServeAsync(TimeSpan window, TimeSpan? paidAfter, CancellationToken cancel)
    {
        var order = await orders.PlaceAsync(NewOrder(window), idempotencyKey: null, cancel);
        if (paidAfter is not { } after) return;
        await Task.Delay(after, time, cancel);
        await payments.RecordAsync(order.OrderNo, new PaymentReport($"pay-{order.OrderNo}", order.Total, PaidAt: null), cancel);
    }

    private static PlaceOrderRequest NewOrder(TimeSpan window)
    {
        var lines = Enumerable.Range(0, Random.Shared.Next(1, 4))
            .Select(_ => DemoCatalogue.Products[Random.Shared.Next(DemoCatalogue.Products.Count)])
            .DistinctBy(p => p.Sku)
            .Select(p => new PlaceOrderLine(p.Sku, Random.Shared.Next(1, 4), p.Price))
            .ToList();
        return new(null, DemoCatalogue.Customers[Random.Shared.Next(DemoCatalogue.Customers.Count)], DemoCatalogue.Currency, lines, window);
    }

    private async Task<bool> TryAsync(Func<Task> work, CancellationToken stopping)
    {
        try
        {
            // SQLite works on the caller's thread.
            await Task.Run(work, stopping);
            return true;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
        }
        catch (StoreUnavailableException)
        {
            // Whoever watches the stores says so.
        }
        catch (Exception e)
        {
            Failed(e);
        }
        return false;
    }

    [LoggerMessage(1351, LogLevel.Warning, "The demo shop could not serve a customer")]
    private partial void Failed(Exception e);
}
