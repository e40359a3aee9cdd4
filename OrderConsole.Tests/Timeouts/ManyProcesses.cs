using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Telemetry;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Timeouts;

/// <summary>Several consoles at work on the same overdue orders, each a process of its own.</summary>
[Collection(Alone.Name)]
public sealed class ManyProcesses
{
    private const int Processes = 4;
    private const int Orders = 20_000;
    private static readonly string[] Complaints = ["warn:", "fail:", "crit:", "lock is held"];
    // The web server's remark that four busy processes do not fit on this machine; it is not about orders.
    private const string BusyMachine = "warn: Microsoft.AspNetCore.Server.Kestrel[22]";

    [Theory]
    [InlineData(StoreSet.Sqlite)]
    [InlineData(StoreSet.Postgres)]
    [InlineData(StoreSet.PostgresWithRedis)]
    public async Task Four_processes_cancel_twenty_thousand_orders_once_each_without_a_wasted_lock_or_a_line_of_error(StoreSet set)
    {
        await using var stores = await StoreSetup.CreateAsync(set);
        var numbers = await new Shop(stores.Database.Orders).OverdueAsync(Orders);
        // Switched off until all four stand ready: otherwise the first would have done it all.
        var settings = stores.Settings(("Timeouts:BatchSize", "100"), ("Timeouts:PollInterval", "00:00:00.100"), ("Timeouts:ReconcileInterval", "01:00:00"), ("Timeouts:Lease", "00:00:30"));
        await using (var engine = await Engine.CreateAsync(settings))
        {
            if (stores.RedisOrNull is not null) engine.Get<Core.Redis.RedisConnection>().Start();
            var consoles = await Task.WhenAll(Enumerable.Range(0, Processes).Select(_ => ConsoleProcess.StartAsync(settings)));
            try
            {
                await Shop.QueueAsync(engine.Get<Core.Queue.ITimeoutQueue>(), numbers);
                await Eventually.HoldsAsync(async () => !(await Invariants.ByStatusAsync(stores.Database.Orders)).ContainsKey(OrderStatus.Pending), "all are final", TimeSpan.FromSeconds(90));
                // What they counted reaches the database with their next sign of life.
                await Eventually.HoldsAsync(async () => await SumAsync(stores, n => n.Cancelled) == Orders, "all have told what they did");
                (await SumAsync(stores, n => n.LockAttempts), await SumAsync(stores, n => n.LocksLost)).ShouldBe((Orders, 0), "one try for each order, and none in vain");
                // Claims end after the commit that was counted; a stop would leave what takes longer than its grace to the recoverer.
                await Eventually.HoldsAsync(async () => (await engine.Get<Core.Queue.IQueueInspector>().CountAsync(TestContext.Current.CancellationToken)).Total == 0, "the queue is empty");
                foreach (var console in consoles) await console.StopAsync();

                (await Invariants.BrokenAsync(stores.Database.Orders, 1_000_000)).ShouldBeEmpty();
                await using var db = stores.Database.Orders.Read();
                var shares = await db.OrderEvents.Where(e => e.Kind == OrderEventKind.Cancelled).GroupBy(e => e.Node).Select(g => g.Count()).ToListAsync(TestContext.Current.CancellationToken);
                shares.Sum().ShouldBe(Orders);
                shares.Count.ShouldBeGreaterThan(1, "more than one of them must have worked, or nothing was shown");
                consoles.Select(c => c.Output.Replace(BusyMachine, "", StringComparison.Ordinal)).Where(output => Complaints.Any(output.Contains)).ShouldBeEmpty();
            }
            finally
            {
                foreach (var console in consoles) await console.DisposeAsync();
            }
        }
    }

    private static async Task<long> SumAsync(StoreSetup stores, Expression<Func<NodeRow, long>> figure)
    {
        await using var db = stores.Database.Orders.Read();
        return await db.Nodes.SumAsync(figure, TestContext.Current.CancellationToken);
    }
}
