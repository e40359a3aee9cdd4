using System.Net.Http.Json;
using System.Text.Json;
using OrderConsole.Tests.Api;
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

        times.Count.ShouldBe(4, "the console ended the connection");
        // The first may be the last one of a time when nobody looked.
        var gaps = times.Skip(1).Zip(times.Skip(2), (earlier, later) => later - earlier).ToArray();
        gaps.ShouldAllBe(gap => gap > TimeSpan.FromMilliseconds(500), "no quicker");
        gaps.Min().ShouldBeLessThan(TimeSpan.FromSeconds(1.9), "a busy machine may hold one up, but not each");
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
        Assert.Fail("The console ended the connection before it had sent what the call answered.");
    }

    [Fact]
    public async Task The_changes_of_orders_are_the_last_fifty_newest_first()
    {
        var prefix = Answers.NewNo();
        for (var i = 1; i <= 51; i++) (await console.Host.PlaceAsync($"{prefix}-{i}")).EnsureSuccessStatusCode();

        JsonElement[] changes = [];
        await Eventually.HoldsAsync(async () =>
        {
            var metrics = await console.Http.GetFromJsonAsync<JsonElement>("/api/metrics", TestContext.Current.CancellationToken);
            changes = metrics.GetProperty("transitions") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
            return changes.Any(c => c.GetProperty("orderNo").GetString() == $"{prefix}-51");
        }, "the last order is there");

        changes.Length.ShouldBe(50);
        var ids = changes.Select(c => c.GetProperty("id").GetInt64()).ToArray();
        ids.ShouldBe(ids.OrderDescending());
    }
}
