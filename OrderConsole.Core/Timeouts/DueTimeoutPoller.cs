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
    ITimeoutQueue queue, ProcessingSwitch processing, CancelUnpaidOrders cancelUnpaid, LeaseRenewer renewer, PollerWakeUp wakeUp, TimeoutEvents events, ProcessorHealth health,
    IOptions<TimeoutOptions> options, TimeProvider time, ILogger<DueTimeoutPoller> logger) : BackgroundService
{
    // At a steady stream of due orders each round costs the same few round trips, whether it finds two orders or twenty.
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BreathAfterTrouble = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan GraceAtStop = TimeSpan.FromSeconds(3);

    private readonly TimeoutOptions _options = options.Value;
    private readonly SemaphoreSlim _slots = new(options.Value.Parallelism);
    private readonly CancellationTokenSource _giveUp = new();
    private long _troubleAt;

    // What was put back because a store was away comes again within this time and tells whether it still is.
    private bool IsInTrouble => Interlocked.Read(ref _troubleAt) is not 0 and var at && time.GetElapsedTime(at) < _options.RetryDelay * 2 + BreathAfterTrouble;

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
        if (await processing.LookAsync(stop) is not null)
        {
            // Nothing to do is no trouble.
            health.Progressed();
            return ProcessingSwitch.LookInterval;
        }
        await _slots.WaitAsync(stop);
        var started = false;
        try
        {
            var batch = await queue.ClaimDueAsync(_options.BatchSize, _options.Lease, Node.ThisProcess.Name, stop);
            if (batch.Claims.Count == 0 && !IsInTrouble) health.Progressed();
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
        if (IsInTrouble) return Backoff.Jittered(BreathAfterTrouble);
        if (batch.Claims.Count == _options.BatchSize) return TimeSpan.Zero;
        if (batch.NextDueAt is not { } next) return _options.PollInterval;
        var untilNext = next - batch.StoreNow;
        return untilNext < ShortestSleep ? ShortestSleep : untilNext < _options.PollInterval ? untilNext : _options.PollInterval;
    }

    private async Task WorkAsync(ClaimedBatch batch)
    {
        try
        {
            var suspects = batch.Claims.Where(c => c.Crashed > 1).ToArray();
            if (suspects.Length == 0) await RunAsync(batch);
            else await RunSuspectsAloneAsync(batch, suspects);
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

    private async Task RunAsync(ClaimedBatch part)
    {
        var done = await cancelUnpaid.RunAsync(part, _giveUp.Token);
        Interlocked.Exchange(ref _troubleAt, done.StoreTrouble is null ? 0 : time.GetTimestamp());
        if (done.StoreTrouble is { } trouble) health.Failed(trouble);
        else health.Progressed();
    }

    /// <summary>Orders whose claim ended with a crash more than once go alone, last: one that kills its process then kills no other's work.</summary>
    private async Task RunSuspectsAloneAsync(ClaimedBatch batch, ClaimedTimeout[] suspects)
    {
        var waiting = new TimeoutBatch(batch with { Claims = suspects });
        await using var kept = renewer.Keep(waiting, _giveUp.Token);
        var others = batch.Claims.Where(c => c.Crashed <= 1).ToArray();
        if (others.Length > 0) await RunAsync(batch with { Claims = others });
        foreach (var suspect in waiting.Work.Where(w => !w.IsLost))
        {
            // From here on its own run keeps it; one that waits no longer is not renewed here.
            suspect.IsLost = true;
            await RunAsync(batch with { Claims = [suspect.Claim], SentAt = kept.SentAt });
        }
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
