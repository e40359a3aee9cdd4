namespace OrderConsole.Core.Locks;

/// <summary>
/// Locks on orders, for many at once. They make the work quiet; the conditional write on the order's row is what makes
/// it correct. Every method works in steps of at most 1,000 locks, one round trip a step.
/// </summary>
/// <remarks>
/// Methods throw <see cref="Data.StoreUnavailableException"/> when the store cannot answer, and
/// <see cref="Data.StoreOutcomeUnknownException"/> when it may or may not have acted; what was taken without our
/// knowing is released as soon as that is found out, and ends with its lease at the latest.
/// </remarks>
public interface IOrderLocks
{
    /// <summary>
    /// Takes every lock of <paramref name="orderNos"/> that is free, and says of the others how long they are held. Always in the ordinal order of
    /// the numbers, whatever order they are given in, and without waiting.
    /// </summary>
    /// <param name="lease">1 s to 10 min.</param>
    /// <param name="owner">Who locks: a node's name, for people to read.</param>
    Task<LockResult> TryAcquireAsync(IReadOnlyList<string> orderNos, TimeSpan lease, string owner, CancellationToken cancel);

    /// <summary>Prolongs locks by token to <paramref name="lease"/> from now; a handle whose lock is somebody else's is marked lost.</summary>
    Task RenewAsync(IReadOnlyList<LockHandle> handles, TimeSpan lease, CancellationToken cancel);

    /// <summary>Releases by token; a lock that is somebody else's stays.</summary>
    /// <returns>How many were not ours any more.</returns>
    Task<int> ReleaseAsync(IReadOnlyList<LockHandle> handles, CancellationToken cancel);
}

/// <summary>What <see cref="IOrderLocks.TryAcquireAsync"/> brought.</summary>
public sealed record LockResult(IReadOnlyList<LockHandle> Acquired, IReadOnlyList<HeldLock> Held);

/// <summary>A lock that somebody else holds.</summary>
/// <param name="TimeLeft">Until it ends by itself; null when it never does (a leaked lock).</param>
public readonly record struct HeldLock(string OrderNo, TimeSpan? TimeLeft);
