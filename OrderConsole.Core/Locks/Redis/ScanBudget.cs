namespace OrderConsole.Core.Locks.Redis;

/// <summary>
/// Keeps scanning to one percent of the time: it may take as long as it has saved up since, at most the first ration.
/// </summary>
internal sealed class ScanBudget(TimeProvider time)
{
    private const double Share = 0.01;
    private static readonly TimeSpan Ration = TimeSpan.FromMilliseconds(100);

    private TimeSpan _saved = Ration;
    private long _countedAt = time.GetTimestamp();

    public bool IsSpent()
    {
        var now = time.GetTimestamp();
        _saved += time.GetElapsedTime(_countedAt, now) * Share;
        if (_saved > Ration) _saved = Ration;
        _countedAt = now;
        return _saved <= TimeSpan.Zero;
    }

    public void Spend(TimeSpan taken) => _saved -= taken;
}
