namespace OrderConsole.Core.Diagnostics.Drift;

/// <summary>
/// The latest comparison, for everybody who looks at this console: pages share one, and it is made anew only when it is
/// old, and so seldom that it costs the stores at most a tenth of the time.
/// </summary>
public sealed class DriftWatch(DriftReader reader, TimeProvider time)
{
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OldAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private DriftReport? _last;
    private Task<DriftReport>? _running;

    /// <summary>As it was found last; null before the first look.</summary>
    public DriftReport? Last => _last;

    /// <summary>The latest comparison, or a new one when that is old.</summary>
    /// <param name="isFresh">True: one that begins now, whatever the last one says.</param>
    /// <param name="cancel">Ends the waiting; the comparison goes on for the others.</param>
    public Task<DriftReport> LookAsync(bool isFresh, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (!isFresh && _last is { } last && !IsOld(last)) return Task.FromResult(last);
            // One that is under way began before whatever the caller has just done.
            if (_running is { IsCompleted: false } running) return isFresh ? AfterAsync(running, cancel) : running.WaitAsync(cancel);
            return (_running = ReadAsync()).WaitAsync(cancel);
        }
    }

    private bool IsOld(DriftReport last)
    {
        var pause = last.Took * 10;
        return time.GetUtcNow() - last.At > (pause > OldAfter ? pause : OldAfter);
    }

    private async Task<DriftReport> AfterAsync(Task running, CancellationToken cancel)
    {
        await running.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
        Task<DriftReport> next;
        lock (_gate) next = _running is { IsCompleted: false } newer ? newer : _running = ReadAsync();
        return await next.WaitAsync(cancel);
    }

    private Task<DriftReport> ReadAsync() => Task.Run(async () => _last = await reader.ReadAsync(Budget, CancellationToken.None));
}
