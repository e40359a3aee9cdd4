namespace OrderConsole.Live;

/// <summary>
/// One figure that is read again and again: never twice at once, each time with a deadline, and so seldom that the
/// reading costs its store at most one per cent of the time.
/// </summary>
internal sealed class Reading<T>(Func<CancellationToken, Task<T>> read, TimeProvider time, TimeSpan? shortestPause = null) where T : class
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    // A little less than a round, so that none is missed.
    private readonly TimeSpan _shortestPause = (shortestPause ?? TimeSpan.FromSeconds(1)) - TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseAfterDeadline = TimeSpan.FromSeconds(30);

    private Task _running = Task.CompletedTask;
    private long? _endedAt;
    private TimeSpan _pause;
    private TimeSpan _tookBefore;
    private volatile Outcome? _last;

    /// <summary>The figure, or null when the last look did not get it.</summary>
    public T? Value => _last?.Value;
    public DateTimeOffset? At => _last is { Value: not null } last ? last.At : null;
    /// <summary>Why the last look got nothing.</summary>
    public Exception? Error => _last?.Error;

    /// <summary>Starts a look when one is due; the task ends with the look under way, and never fails.</summary>
    public Task RefreshAsync(CancellationToken stopping)
    {
        if (!_running.IsCompleted) return _running;
        if (_endedAt is { } ended && time.GetElapsedTime(ended) < _pause) return Task.CompletedTask;
        // SQLite works on the caller's thread; the collector's must stay free.
        return _running = Task.Run(() => LookAsync(stopping), CancellationToken.None);
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            // A call that ignores its token is left behind at the deadline.
            var value = await Task.Run(() => read(ending.Token), ending.Token).WaitAsync(Deadline, time, stopping);
            var took = time.GetElapsedTime(started);
            _last = new(value, time.GetUtcNow(), null);
            // The quicker of two looks: a single slow one (the first, or a busy moment) says little about the cost.
            var cost = took < _tookBefore ? took : _tookBefore;
            _pause = cost * 100 > _shortestPause ? cost * 100 : _shortestPause;
            _tookBefore = took;
        }
        catch (Exception e)
        {
            _last = new(null, time.GetUtcNow(), e);
            _pause = e is TimeoutException ? PauseAfterDeadline : _shortestPause;
        }
        _endedAt = time.GetTimestamp();
        await ending.CancelAsync();
    }

    private sealed record Outcome(T? Value, DateTimeOffset At, Exception? Error);
}
