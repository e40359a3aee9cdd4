using Microsoft.AspNetCore.SignalR;

namespace OrderConsole.Live;

/// <summary>What a client of <c>/hubs/metrics</c> is called with: the object of <c>GET /api/metrics</c>, at once and then once a second.</summary>
public interface IMetricsClient
{
    Task Snapshot(MetricsSnapshot snapshot);
}

/// <summary>The live figures for other programs; our own pages read the feed in process.</summary>
public sealed class MetricsHub(MetricsPush push) : Hub<IMetricsClient>
{
    public override Task OnConnectedAsync()
    {
        push.Start(Context.ConnectionId, Context.ConnectionAborted);
        return Task.CompletedTask;
    }
}
