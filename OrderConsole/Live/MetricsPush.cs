using Microsoft.AspNetCore.SignalR;

namespace OrderConsole.Live;

/// <summary>Sends the feed to the hub's clients, each at its own pace: one that reads slowly holds up nobody else.</summary>
public sealed partial class MetricsPush(IHubContext<MetricsHub, IMetricsClient> hub, LiveFeed feed, ILogger<MetricsPush> log)
{
    public void Start(string connectionId, CancellationToken disconnected) => _ = SendAsync(connectionId, disconnected);

    private async Task SendAsync(string connectionId, CancellationToken disconnected)
    {
        try
        {
            // The hub's handshake answer goes out first.
            await Task.Yield();
            var client = hub.Clients.Client(connectionId);
            await foreach (var snapshot in feed.SubscribeAsync(disconnected)) await client.Snapshot(snapshot);
        }
        catch (OperationCanceledException) when (disconnected.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            Ended(e, connectionId);
        }
    }

    [LoggerMessage(1202, LogLevel.Warning, "Sending figures to hub client {ConnectionId} ended")]
    private partial void Ended(Exception e, string connectionId);
}
