using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Queue;

namespace OrderConsole.Core.Timeouts;

/// <summary>Takes back the claims of consoles that died: every console does it for all, all the time.</summary>
public sealed partial class TimeoutRecoverer(
    ITimeoutQueue queue, PollerWakeUp poller, TimeoutEvents events, IOptions<TimeoutOptions> options, TimeProvider time, ILogger<TimeoutRecoverer> logger) : BackgroundService
{
    /// <summary>Takes back every claim whose lease has ended.</summary>
    /// <param name="soFar">Hears after each call how many there were by then.</param>
    /// <returns>How many.</returns>
    public async Task<int> RecoverAsync(CancellationToken cancel, Action<int>? soFar = null)
    {
        var total = 0;
        while (true)
        {
            var recovered = await queue.RecoverExpiredAsync(ITimeoutQueue.MaxEntriesPerCall, options.Value.MaxCrashes, cancel);
            events.Publish(TimeoutStep.Claimed, TimeoutEvents.Outcomes.LeaseEnded, recovered.Returned);
            foreach (var dead in recovered.Dead) events.DeadLettered(TimeoutStep.Claimed, dead.OrderNo, dead.Reason, dead.Detail);
            total += recovered.Count;
            soFar?.Invoke(total);
            if (recovered.Count < ITimeoutQueue.MaxEntriesPerCall) break;
        }
        if (total > 0)
        {
            LogRecovered(total);
            poller.Ring(DateTimeOffset.MinValue);
        }
        return total;
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (!options.Value.Enabled) return;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await RecoverAsync(stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                if (e is not StoreUnavailableException) LogFailed(e);
            }
            await Task.Delay(Backoff.Jittered(options.Value.RecoverInterval), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(50, LogLevel.Information, "Took back {Count} claims whose lease had ended")]
    private partial void LogRecovered(int count);

    [LoggerMessage(51, LogLevel.Error, "Taking back ended claims failed; the next round follows")]
    private partial void LogFailed(Exception error);
}
