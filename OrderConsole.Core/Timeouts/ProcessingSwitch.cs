using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Timeouts;

/// <summary>Whether anything is claimed at all, on every console. Read once a second; what is claimed already is finished.</summary>
public sealed class ProcessingSwitch(OrderDatabase database, PollerWakeUp poller)
{
    private volatile ProcessingPause? _pause;

    /// <summary>Who paused, or null while it runs; at most a second or two old.</summary>
    public ProcessingPause? Pause => _pause;

    /// <summary>Reads what stands in the database now.</summary>
    public async Task<ProcessingPause?> ReadAsync(CancellationToken cancel)
    {
        var before = _pause;
        _pause = await database.ReadAsync(db => db.ProcessingPauses.SingleOrDefaultAsync(cancel));
        if (before is not null && _pause is null) poller.Ring(DateTimeOffset.MinValue);
        return _pause;
    }
}
