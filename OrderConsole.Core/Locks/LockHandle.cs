namespace OrderConsole.Core.Locks;

/// <summary>
/// One held lock. Its lease runs on the monotonic clock from the moment the request for it was sent, so the holder
/// believes it ended no later than the store does.
/// </summary>
public sealed class LockHandle(string orderNo, string token, long sentAt, TimeSpan lease, TimeProvider time)
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _lost;
    private bool _isLost;
    private readonly long _takenAt = sentAt;
    private long _sentAt = sentAt;
    private TimeSpan _lease = lease;

    public string OrderNo { get; } = orderNo;
    public string Token { get; } = token;

    /// <summary>How long it lasts without another renewal.</summary>
    public TimeSpan Lease
    {
        get { lock (_gate) return _lease; }
    }

    /// <summary>Since it was taken.</summary>
    public TimeSpan Held => time.GetElapsedTime(_takenAt);

    /// <summary>How much of the lease is left; zero or less when it has ended.</summary>
    public TimeSpan TimeLeft
    {
        get { lock (_gate) return _lease - time.GetElapsedTime(_sentAt); }
    }

    /// <summary>Whether the lock was found to be somebody else's, or its lease has ended.</summary>
    public bool IsLost
    {
        get { lock (_gate) if (_isLost) return true; return TimeLeft <= TimeSpan.Zero; }
    }

    /// <summary>Cancelled when a renewal finds the lock gone. Made on first use: most locks are released long before.</summary>
    public CancellationToken LostToken
    {
        get
        {
            lock (_gate)
            {
                _lost ??= new CancellationTokenSource();
                if (_isLost) _lost.Cancel();
                return _lost.Token;
            }
        }
    }

    /// <summary>Called by a store after it prolonged the lock.</summary>
    /// <param name="sentAt">Monotonic timestamp taken before the renewal was sent.</param>
    public void Renewed(long sentAt, TimeSpan lease)
    {
        lock (_gate) (_sentAt, _lease) = (sentAt, lease);
    }

    /// <summary>Called by a store that found the lock gone or somebody else's.</summary>
    public void MarkLost()
    {
        CancellationTokenSource? lost;
        lock (_gate)
        {
            _isLost = true;
            lost = _lost;
        }
        lost?.Cancel();
    }
}
