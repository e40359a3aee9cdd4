using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Timeouts;

/// <summary>Whether anything is claimed at all, on every console. What is claimed already is finished.</summary>
public sealed class ProcessingSwitch(OrderDatabase database, PollerWakeUp poller, TimeProvider time)
{
    /// <summary>How old an answer may be. So long at most a console goes on after a pause, or waits after a resume.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private volatile Look? _last;

    /// <summary>Who paused, or null while it runs, as the last look found it.</summary>
    public ProcessingPause? Pause => _last?.Pause;

    /// <summary>Who paused, or null while it runs; reads it when the last look is older than <see cref="LookInterval"/>.</summary>
    /// <exception cref="StoreUnavailableException">Nobody knows at the moment.</exception>
    public async Task<ProcessingPause?> LookAsync(CancellationToken cancel) =>
        _last is { } last && time.GetElapsedTime(last.At) < LookInterval ? last.Pause : await ReadAsync(cancel);

    /// <summary>Reads what stands in the database now.</summary>
    public async Task<ProcessingPause?> ReadAsync(CancellationToken cancel)
    {
        var startedAt = time.GetTimestamp();
        var pause = await database.ReadAsync(db => db.ProcessingPauses.SingleOrDefaultAsync(cancel));
        var before = Interlocked.Exchange(ref _last, new Look(pause, startedAt));
        if (before?.Pause is not null && pause is null) poller.Ring(DateTimeOffset.MinValue);
        return pause;
    }

    private sealed record Look(ProcessingPause? Pause, long At);
}
