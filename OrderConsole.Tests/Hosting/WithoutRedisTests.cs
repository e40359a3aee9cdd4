using System.Net;
using OrderConsole.Core.Orders;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Hosting;

/// <summary>A console whose Redis is not there when it starts. Five seconds are a promise: it is asked for on a machine that does nothing else.</summary>
[Collection(Alone.Name)]
public sealed class WithoutRedisTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_starts_says_so_and_cancels_within_five_seconds_of_its_return()
    {
        await using var stores = await StoreSetup.CreateAsync(StoreSet.PostgresWithRedis, forgetful: true);
        stores.Redis.Kill();
        await new Shop(stores.Database.Orders).OverdueAsync(50);

        await using var console = await ConsoleProcess.StartAsync(stores.Settings());
        await Eventually.HoldsAsync(() => console.Output.Contains("Redis is away", StringComparison.Ordinal), "the log says it");
        using (var ready = await console.Http.GetAsync("health/ready", Cancel))
        {
            ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await ready.Content.ReadAsStringAsync(Cancel)).ShouldContain("Away since");
        }
        (await console.Http.GetAsync("api/orders?pageSize=1", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK, "pages and calls go on");

        await stores.Redis.RestartAsync();

        await Eventually.HoldsAsync(async () => !(await Invariants.ByStatusAsync(stores.Database.Orders)).ContainsKey(OrderStatus.Pending), "all are cancelled", TimeSpan.FromSeconds(5));
        await Eventually.HoldsAsync(() => console.Output.Contains("Redis is back", StringComparison.Ordinal), "the log says that too");
    }
}
