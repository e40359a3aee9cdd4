using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Hosting;

[Collection(Alone.Name)]
public sealed class DemoTests
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task The_demo_sells_within_ten_seconds_in_a_file_of_its_own()
    {
        await using var console = await ConsoleProcess.StartAsync(args: ["--demo"]);
        await Eventually.HoldsAsync(async () =>
            (await console.Http.GetStringAsync("/api/orders?pageSize=5", TestContext.Current.CancellationToken)).Contains("CNY", StringComparison.Ordinal), "the demo has orders", TenSeconds);
        File.Exists(Path.Combine(console.Folder, "data", "demo.db")).ShouldBeTrue();
        File.Exists(Path.Combine(console.Folder, "data", "orders.db")).ShouldBeFalse();
    }
}
