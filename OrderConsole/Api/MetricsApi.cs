using Microsoft.AspNetCore.Http.HttpResults;
using OrderConsole.Live;

namespace OrderConsole.Api;

/// <summary><c>GET /api/metrics</c>: the snapshot that the hub and the screens get, once a second.</summary>
internal static class MetricsApi
{
    public static void MapMetrics(this IEndpointRouteBuilder api) =>
        api.MapGet("/metrics", async Task<Ok<MetricsSnapshot>> (LiveFeed feed, CancellationToken cancel) => TypedResults.Ok(await feed.FreshAsync(cancel)))
            .WithName("getMetrics").WithSummary("The figures of this moment, refreshed once a second. Null is a figure whose store did not answer.");
}
