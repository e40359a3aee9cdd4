using OrderConsole.Core.Orders;

namespace OrderConsole.Demo;

/// <summary>
/// Places orders all the time through the same use cases as the API. Some customers pay in time, some after the
/// deadline, some never; now and then many come at once.
/// </summary>
internal sealed partial class DemoShop(PlaceOrders orders, RecordPayment payments, StockLevels stock, TimeProvider time, ILogger<DemoShop> log) : BackgroundService
{
    private const double PaysInTime = 0.55, PaysLate = 0.10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TryAsync(() => StockUpAsync(stoppingToken), stoppingToken);
        for (var round = 1; !stoppingToken.IsCancellationRequested; round++)
        {
            // A rush every half minute or so, else a few orders a second.
            var customers = round % 40 == 0 ? 60 : Random.Shared.Next(1, 4);
            for (var i = 0; i < customers; i++) _ = TryAsync(() => ServeAsync(stoppingToken), stoppingToken);
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(400, 1_100)), time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            if (round % 300 == 0) await TryAsync(() => StockUpAsync(stoppingToken), stoppingToken);
        }
    }

    private async Task StockUpAsync(CancellationToken cancel)
    {
        foreach (var product in DemoCatalogue.Products) await stock.SetAsync(product.Sku, product.Stock, cancel);
    }

    private async Task ServeAsync(CancellationToken cancel)
    {
        var window = TimeSpan.FromSeconds(Random.Shared.Next(5, 41));
        var order = await orders.PlaceAsync(NewOrder(window), idempotencyKey: null, cancel);
        var mood = Random.Shared.NextDouble();
        if (mood > PaysInTime + PaysLate) return;
        var after = mood < PaysInTime ? window * (0.1 + 0.8 * Random.Shared.NextDouble()) : window + TimeSpan.FromSeconds(Random.Shared.Next(3, 12));
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

    private async Task TryAsync(Func<Task> work, CancellationToken stopping)
    {
        try
        {
            // SQLite works on the caller's thread.
            await Task.Run(work, stopping);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            Failed(e);
        }
    }

    [LoggerMessage(1301, LogLevel.Warning, "The demo shop could not serve a customer")]
    private partial void Failed(Exception e);
}
