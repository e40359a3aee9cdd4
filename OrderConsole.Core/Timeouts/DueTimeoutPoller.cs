using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Timeouts;

/// <summary>
/// Steps 2 and 3: claims what is due and feeds <see cref="CancelUnpaidOrders"/>. While batches come back full it goes
/// straight on; otherwise it sleeps until the next due time, a wake-up, or the poll interval, whichever is first.
/// </summary>
public sealed partial class DueTimeoutPoller(
    ITimeoutQueue queue, CancelUnpaidOrders cancelUnpaid, PollerWakeUp wakeUp, TimeoutEvents events, ProcessorHealth health,
    IOptions<TimeoutOptions> options, TimeProvider time, ILogger<DueTimeoutPoller> logger) : BackgroundService
{
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan BreathAfterTrouble = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan GraceAtStop = TimeSpan.FromSeconds(3);

    private readonly TimeoutOptions _options = options.Value;
    private readonly SemaphoreSlim _slots = new(options.Value.Parallelism);
    private readonly CancellationTokenSource _giveUp = new();
    private bool _storeTrouble;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (!_options.Enabled) return;
        // A crowd of consoles started together does not poll together.
        await wakeUp.SleepAsync(_options.PollInterval * Random.Shared.NextDouble(), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await wakeUp.SleepAsync(await PollAsync(stop), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // Whatever it was, the loop goes on; health tells that nothing progresses.
                health.Failed(e.Message);
                if (e is not StoreUnavailableException) LogPollFailed(e);
                await Task.Delay(Backoff.Jittered(BreathAfterTrouble), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await LetBatchesFinishAsync();
    }

    /// <summary>One look at the queue.</summary>
    /// <returns>How long to sleep before the next.</returns>
    private async Task<TimeSpan> PollAsync(CancellationToken stop)
    {
        await _slots.WaitAsync(stop);
        var started = false;
        try
        {
            var batch = await queue.ClaimDueAsync(_options.BatchSize, _options.Lease, Node.ThisProcess.Name, stop);
            if (batch.Claims.Count == 0) health.Progressed();
            foreach (var dead in batch.Rejected) events.DeadLettered(TimeoutStep.Claimed, dead.OrderNo, dead.Reason, dead.Detail);
            if (batch.Claims.Count > 0)
            {
                _ = WorkAsync(batch);
                started = true;
            }
            return SleepAfter(batch);
        }
        finally
        {
            if (!started) _slots.Release();
        }
    }

    private TimeSpan SleepAfter(ClaimedBatch batch)
    {
        if (Volatile.Read(ref _storeTrouble)) return Backoff.Jittered(BreathAfterTrouble);
        if (batch.Claims.Count == _options.BatchSize) return TimeSpan.Zero;
        if (batch.NextDueAt is not { } next) return _options.PollInterval;
        var untilNext = next - batch.StoreNow;
        return untilNext < ShortestSleep ? ShortestSleep : untilNext < _options.PollInterval ? untilNext : _options.PollInterval;
    }

    private async Task WorkAsync(ClaimedBatch batch)
    {
        try
        {
            foreach (var part in InParts(batch))
            {
                var done = await cancelUnpaid.RunAsync(part, _giveUp.Token);
                Volatile.Write(ref _storeTrouble, done.StoreTrouble is not null);
                if (done.StoreTrouble is { } trouble) health.Failed(trouble);
                else health.Progressed();
            }
        }
        catch (Exception e)
        {
            health.Failed(e.Message);
            LogBatchFailed(e, batch.Claims.Count);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Orders whose claim ended with a crash more than once go alone, last: one that kills its process then kills no other's work.</summary>
    private static IEnumerable<ClaimedBatch> InParts(ClaimedBatch batch)
    {
        var suspects = batch.Claims.Where(c => c.Crashed > 1).ToArray();
        if (suspects.Length == 0) return [batch];
        var others = batch with { Claims = [.. batch.Claims.Where(c => c.Crashed <= 1)] };
        return [.. others.Claims.Count > 0 ? [others] : Array.Empty<ClaimedBatch>(), .. suspects.Select(s => batch with { Claims = [s] })];
    }

    private async Task LetBatchesFinishAsync()
    {
        _giveUp.CancelAfter(GraceAtStop);
        for (var slot = 0; slot < _options.Parallelism; slot++) await _slots.WaitAsync(CancellationToken.None);
    }

    public override void Dispose()
    {
        base.Dispose();
        _slots.Dispose();
        _giveUp.Dispose();
    }

    [LoggerMessage(40, LogLevel.Error, "Looking for due timeouts failed; the next look follows")]
    private partial void LogPollFailed(Exception error);

    [LoggerMessage(41, LogLevel.Error, "A batch of {Count} timeouts failed as a whole; its claims end with their lease")]
    private partial void LogBatchFailed(Exception error, int count);
}
