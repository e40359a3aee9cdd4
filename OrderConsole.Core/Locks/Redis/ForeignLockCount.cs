namespace OrderConsole.Core.Locks.Redis;

/// <summary>
/// How many locks are not in our index. Only a scan over all keys can tell; it goes on a little with each question, and
/// the count of the last whole round is the answer.
/// </summary>
internal sealed class ForeignLockCount(RedisLockScan scan, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ScanBudget _budget = new(time);
    private string _cursor = RedisLockScan.Start;
    private long _counted, _lastRound, _leaked, _lastLeaked;

    /// <summary>Of the last whole round, those that never end.</summary>
    public long Leaked => Interlocked.Read(ref _lastLeaked);

    public async Task<long> AdvanceAsync(CancellationToken cancel)
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero, cancel)) return Interlocked.Read(ref _lastRound);
        try
        {
            while (!_budget.IsSpent())
            {
                var startedAt = time.GetTimestamp();
                var page = await scan.PageAsync(_cursor, cancel);
                _budget.Spend(time.GetElapsedTime(startedAt));
                _counted += page.Locks.Count;
                _leaked += page.Locks.Count(l => l.IsLeaked);
                _cursor = page.Cursor;
                if (_cursor != RedisLockScan.Start) continue;
                Interlocked.Exchange(ref _lastRound, _counted);
                Interlocked.Exchange(ref _lastLeaked, _leaked);
                _counted = _leaked = 0;
                break;
            }
            return _lastRound;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
