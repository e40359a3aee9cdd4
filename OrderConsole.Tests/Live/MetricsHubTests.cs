using System.Net.Http.Json;
using System.Text.Json;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Live;

[Collection(ConsoleCollection.Name)]
public sealed class MetricsHubTests(SharedConsole console)
{
    [Fact]
    public async Task A_client_gets_the_latest_snapshot_at_once_and_then_one_a_second()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        using var client = await HubClient.ConnectAsync(console.Host.Address, deadline.Token);

        var times = new List<DateTimeOffset>();
        await foreach (var snapshot in client.SnapshotsAsync(deadline.Token))
        {
            times.Add(snapshot.GetProperty("at").GetDateTimeOffset());
            if (times.Count == 4) break;
        }

        times.ShouldBe(times.Order());
        // The latest snapshot at once, then three more; each says itself when it was made.
        times.Count.ShouldBe(4, "the server went on");
        var gaps = times.Zip(times.Skip(1), (from, to) => (to - from).TotalSeconds).Order().ToArray();
        gaps[1].ShouldBe(1, 0.5, "half of the gaps is a second; a busy machine may be late once");
    }

    [Fact]
    public async Task It_is_the_object_of_the_metrics_call()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        using var client = await HubClient.ConnectAsync(console.Host.Address, deadline.Token);
        await foreach (var pushed in client.SnapshotsAsync(deadline.Token))
        {
            var called = await console.Http.GetFromJsonAsync<JsonElement>("/api/metrics", deadline.Token);
            // The next one may have come between the two; a console that has just started has no forecast yet.
            if (called.GetProperty("at").GetString() != pushed.GetProperty("at").GetString() || pushed.GetProperty("forecast").ValueKind != JsonValueKind.Object) continue;
            pushed.GetRawText().ShouldBe(called.GetRawText());
            return;
        }
        Assert.Fail("The server ended the connection before a snapshot could be compared.");
}
}
