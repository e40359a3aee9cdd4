using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Benchmarks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;

var count = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 100_000;
var file = Path.Combine(Path.GetTempPath(), $"drain-{Environment.ProcessId}.db");
await using var engine = await Engine.CreateAsync(new Dictionary<string, string?>
{
    ["ConnectionStrings:Orders"] = $"Data Source={file}",
    ["Timeouts:BatchSize"] = args.Length > 1 ? args[1] : "500",
    ["Timeouts:Parallelism"] = args.Length > 2 ? args[2] : "2",
});
var due = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()).AddMinutes(-1);
var watch = Stopwatch.StartNew();
await OrderSeed.OrdersAsync(engine.Database, count, due);
await OrderSeed.QueueAsync(engine.Get<ITimeoutQueue>(), count, due);
Console.WriteLine($"seeded in {watch.Elapsed}");
watch.Restart();
await engine.StartAsync();
while (await engine.Database.ReadAsync(db => db.Orders.AnyAsync(o => o.Status == OrderStatus.Pending))) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
Console.WriteLine($"drained {count} in {watch.Elapsed.TotalSeconds:F2} s: {count / watch.Elapsed.TotalSeconds:F0}/s, cpu {Process.GetCurrentProcess().TotalProcessorTime}");
