using System.Diagnostics;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;
using Spectre.Console;

namespace OrderConsole.Benchmarks;

/// <summary>What each step of the way costs for a batch, one after the other in one thread: where the next gain is.</summary>
internal static class Steps
{
    private const int Batch = 500;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(int orders)
    {
        var table = new Table().AddColumns("stores", "claim", "check", "lock", "cancel", "unlock", "complete", "sum, ms", "orders/s");
        foreach (var open in new[] { BenchStores.SqliteAsync, BenchStores.PostgresWithRedisAsync })
        {
            await using var stores = await open();
            await using var engine = await stores.EngineAsync();
            var due = TimeProvider.System.GetUtcNow().AddMinutes(-1);
            await OrderSeed.OrdersAsync(engine.Database, orders, due);
            var (queue, locks, stop) = (engine.Get<ITimeoutQueue>(), engine.Get<IOrderLocks>(), CancellationToken.None);
            await OrderSeed.QueueAsync(queue, orders, due);
            var spent = new double[6];
            for (var round = 0; round < orders / Batch; round++)
            {
                var claimed = await TimedAsync(spent, 0, () => queue.ClaimDueAsync(Batch, Lease, "bench", stop));
                string[] numbers = [.. claimed.Claims.Select(c => c.OrderNo)];
                var facts = await TimedAsync(spent, 1, () => engine.Get<OverdueOrderReader>().FactsAsync(numbers, stop));
                var locked = await TimedAsync(spent, 2, () => locks.TryAcquireAsync(numbers, Lease, "bench", stop));
                CancelTarget[] targets = [.. facts.Values.Select(f => new CancelTarget(f.OrderId, f.Version, """{"due":1111111111111,"claimed":1111111111111,"checked":1111111111111,"attempt":1}"""))];
                await TimedAsync(spent, 3, () => engine.Get<OrderCanceller>().CancelAsync(targets, "payment_timeout", stop));
                await TimedAsync(spent, 4, () => locks.ReleaseAsync(locked.Acquired, stop));
                await TimedAsync(spent, 5, () => queue.ReleaseAsync([.. claimed.Claims.Select(ClaimRelease.Complete)], stop));
            }
            table.AddRow([stores.Name, .. spent.Select(ms => $"{ms * Batch / orders:N2}"), $"{spent.Sum() * Batch / orders:N2}", $"{orders / spent.Sum() * 1_000:N0}"]);
        }
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"Milliseconds for a batch of {Batch}, mean of {orders / Batch}.");
        return 0;
    }

    private static async Task<T> TimedAsync<T>(double[] spent, int step, Func<Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        var result = await work();
        spent[step] += watch.Elapsed.TotalMilliseconds;
        return result;
    }
}
