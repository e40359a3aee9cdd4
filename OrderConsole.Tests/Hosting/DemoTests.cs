using System.Net.Http.Json;
using System.Text.Json;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Hosting;

[Collection(Alone.Name)]
public sealed class DemoTests
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task The_demo_has_orders_paid_in_time_late_and_never_within_ten_seconds_in_a_file_of_its_own()
    {
        await using var console = await ConsoleProcess.StartAsync(args: ["--demo"]);
        await Eventually.HoldsAsync(async () =>
            await TotalAsync(console, "api/orders?status=Paid") > 0 && await TotalAsync(console, "api/orders?status=Cancelled&cancelReason=payment_timeout") > 1
            && await TotalAsync(console, "api/payments/late") > 0, "each kind of order is there", TenSeconds);
        File.Exists(Path.Combine(console.Folder, "data", "demo.db")).ShouldBeTrue();
        File.Exists(Path.Combine(console.Folder, "data", "orders.db")).ShouldBeFalse();
    }

    private static async Task<long> TotalAsync(ConsoleProcess console, string list)
    {
        using var answer = await console.Http.GetAsync(new Uri(list, UriKind.Relative), TestContext.Current.CancellationToken);
        // The database may come a moment after the console.
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("total").GetInt64() : 0;
    }
}
