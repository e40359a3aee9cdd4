namespace OrderConsole.Core.Timeouts;

/// <summary>
/// Shortens the poller's sleep when something becomes due sooner than it knew. A ring that comes while the poller looks
/// at the queue is kept for the sleep that follows: that look may have been too early to see what it was for.
/// </summary>
public sealed class PollerWakeUp(TimeProvider time)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _rung = NewSource();
    private DateTimeOffset _sleepsUntil = DateTimeOffset.MaxValue;
    private DateTimeOffset _soonestRung = DateTimeOffset.MaxValue;

    /// <summary>Something is due at <paramref name="dueAt"/>; wakes the poller if it means to sleep for longer.</summary>
    public void Ring(DateTimeOffset dueAt)
    {
        lock (_gate)
        {
            if (dueAt < _soonestRung) _soonestRung = dueAt;
            if (dueAt < _sleepsUntil) _rung.TrySetResult();
        }
    }

    /// <summary>Sleeps for <paramref name="longest"/>, or until somebody rings.</summary>
    public async Task SleepAsync(TimeSpan longest, CancellationToken cancel)
    {
        Task rung;
        lock (_gate)
        {
            _sleepsUntil = time.GetUtcNow() + longest;
            if (_rung.Task.IsCompleted) _rung = NewSource();
            if (_soonestRung < _sleepsUntil) _rung.TrySetResult();
            rung = _rung.Task;
        }
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(rung, Task.Delay(longest, time, woken.Token));
        await woken.CancelAsync();
        lock (_gate) _sleepsUntil = _soonestRung = DateTimeOffset.MaxValue;
        cancel.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
