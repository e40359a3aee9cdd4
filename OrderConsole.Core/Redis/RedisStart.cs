using Microsoft.Extensions.Hosting;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Redis;

/// <summary>Begins to connect at start, and has everything reconciled whenever Redis comes back: it may have forgotten.</summary>
internal sealed class RedisStart(RedisConnection redis, Reconciler reconciler) : IHostedService
{
    public Task StartAsync(CancellationToken cancel)
    {
        redis.Restored += reconciler.RequestWhole;
        redis.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
}
