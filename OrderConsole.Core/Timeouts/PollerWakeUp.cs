namespace OrderConsole.Core.Timeouts;

/// <summary>
/// Shortens the poller's sleep when something becomes due sooner than it knew. A hint only: a ring that is missed costs
/// at most one poll interval.
/// </summary>
public sealed class PollerWakeUp(TimeProvider time)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _rung = NewSource();
    private DateTimeOffset _sleepsUntil = DateTimeOffset.MaxValue;

    /// <summary>Something is due at <paramref name="dueAt"/>; wakes the poller if it means to sleep for longer.</summary>
    public void Ring(DateTimeOffset dueAt)
    {
        lock (_gate)
            if (dueAt < _sleepsUntil) _rung.TrySetResult();
    }

    /// <summary>Sleeps for <paramref name="longest"/>, or until somebody rings.</summary>
    public async Task SleepAsync(TimeSpan longest, CancellationToken cancel)
    {
        Task rung;
        lock (_gate)
        {
            if (_rung.Task.IsCompleted) _rung = NewSource();
            _sleepsUntil = time.GetUtcNow() + longest;
            rung = _rung.Task;
        }
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(rung, Task.Delay(longest, time, woken.Token));
        await woken.CancelAsync();
        lock (_gate) _sleepsUntil = DateTimeOffset.MaxValue;
        cancel.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
