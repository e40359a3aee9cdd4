using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderConsole.Core.Data;
using OrderConsole.Core.Queue;

namespace OrderConsole.Core.Timeouts;

/// <summary>
/// Step 1: hands deadlines to the queue after the order's commit, many callers' in one round trip. Callers do not wait: an
/// order whose deadline never arrives (the process died, the queue was away too long) is found by the reconciler.
/// </summary>
public sealed partial class DeadlineScheduler(
    ITimeoutQueue queue, PollerWakeUp poller, TimeoutEvents events, TimeProvider time, ILogger<DeadlineScheduler> logger) : BackgroundService
{
    private const int Capacity = 100_000;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1), LongestSettling = TimeSpan.FromSeconds(1);

    // What does not fit is dropped: the reconciler knows every pending order.
    private readonly Channel<Change> _changes = Channel.CreateBounded<Change>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Puts deadlines in, or moves them.</summary>
    public void Schedule(IReadOnlyList<ScheduledTimeout> timeouts)
    {
        foreach (var timeout in timeouts) _changes.Writer.TryWrite(new Change(timeout.OrderNo, timeout.DueAt));
    }

    /// <summary>Takes the deadline of an order out that is final.</summary>
    public void Unschedule(string orderNo) => _changes.Writer.TryWrite(new Change(orderNo, null));

    /// <summary>Waits until what was given so far has reached the queue, for an operator who looks at it next. At most a second: the work itself does not depend on it.</summary>
    public async Task SettleAsync(CancellationToken cancel)
    {
        if (ExecuteTask is null or { IsCompleted: true }) return;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_changes.Writer.TryWrite(new Change(reached))) return;
        try
        {
            await reached.Task.WaitAsync(LongestSettling, time, cancel);
        }
        catch (TimeoutException)
        {
            // The queue is slow or away: it gets there later.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            while (await _changes.Reader.WaitToReadAsync(stop))
            {
                var (changes, waiting) = TakeAll();
                await HandOverAsync(changes, stop);
                foreach (var caller in waiting) caller.TrySetResult();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is still in the channel is found by the reconciler of whichever console runs next.
        }
    }

    /// <summary>Everything that waits, the last word on each order only, and who asked to be told.</summary>
    private (Dictionary<string, DateTimeOffset?> Changes, List<TaskCompletionSource> Waiting) TakeAll()
    {
        var (changes, waiting) = (new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal), new List<TaskCompletionSource>());
        while (changes.Count < ITimeoutQueue.MaxEntriesPerCall && _changes.Reader.TryRead(out var change))
        {
            if (change.Reached is { } caller) waiting.Add(caller);
            else changes[change.OrderNo] = change.DueAt;
        }
        return (changes, waiting);
    }

    private async Task HandOverAsync(Dictionary<string, DateTimeOffset?> changes, CancellationToken stop)
    {
        var scheduled = changes.Where(c => c.Value is not null).Select(c => new ScheduledTimeout(c.Key, c.Value!.Value)).ToArray();
        var unscheduled = changes.Where(c => c.Value is null).Select(c => c.Key).ToArray();
        for (var tried = 0; ; tried++)
        {
            try
            {
                if (scheduled.Length > 0) await queue.ScheduleAsync(scheduled, stop);
                if (unscheduled.Length > 0) await queue.UnscheduleAsync(unscheduled, stop);
                events.Publish(TimeoutStep.Scheduled, TimeoutEvents.Outcomes.Done, [.. scheduled.Select(s => s.OrderNo)]);
                if (scheduled.Length > 0) poller.Ring(scheduled.Min(s => s.DueAt));
                return;
            }
            catch (StoreUnavailableException e)
            {
                if (tried == 0) LogWaiting(changes.Count, e.Message);
                await Task.Delay(RetryDelay, time, stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogFailed(e, changes.Count);
                return;
            }
        }
    }

    /// <param name="Reached">Not a change at all, but somebody who waits for all before it.</param>
    private readonly record struct Change(string OrderNo, DateTimeOffset? DueAt, TaskCompletionSource? Reached = null)
    {
        public Change(TaskCompletionSource reached) : this("", null, reached)
        {
        }
    }

    [LoggerMessage(30, LogLevel.Information, "{Count} deadlines wait for the queue: {Why}")]
    private partial void LogWaiting(int count, string why);

    [LoggerMessage(31, LogLevel.Error, "{Count} deadlines could not be handed to the queue and are left to the reconciler")]
    private partial void LogFailed(Exception error, int count);
}
