namespace OrderConsole.Core.Locks;

/// <summary>The operators' side of the locks: see them all, remove exactly what was seen.</summary>
public interface ILockInspector
{
    /// <summary>How many locks are held right now, ours and, as far as the last look found them, foreign ones.</summary>
    Task<long> CountAsync(CancellationToken cancel);

    /// <summary>Of them, those that never end by themselves; costs nothing beside <see cref="CountAsync"/>.</summary>
    Task<long> CountLeakedAsync(CancellationToken cancel);

    /// <summary>
    /// Walks over all locks, ours first; in pages of at most about 1,000. One may be met twice. A page is empty where a store
    /// full of other things was looked through and no lock found: so whoever walks can stop when its time is over.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<LockInfo>> WalkAsync(CancellationToken cancel);

    /// <summary>The lock of one order, or null when it is free.</summary>
    Task<LockInfo?> FindAsync(string orderNo, CancellationToken cancel);

    /// <summary>Several at once, in steps of 1,000, one round trip a step.</summary>
    /// <param name="names">Order numbers, or whole keys of locks under a foreign prefix.</param>
    /// <returns>For each name its lock, or null when it is free.</returns>
    Task<IReadOnlyList<LockInfo?>> FindAsync(IReadOnlyList<string> names, CancellationToken cancel);

    /// <summary>Removes locks whose stored value is still the one that was seen (compare and delete).</summary>
    /// <returns>The outcome for each, in the order given.</returns>
    Task<IReadOnlyList<LockRemoval>> RemoveAsync(IReadOnlyList<SeenLock> locks, CancellationToken cancel);
}

/// <summary>One lock as an operator sees it.</summary>
/// <param name="Owner">The node that holds it; null for a foreign lock.</param>
/// <param name="Token">What identifies this holding; for a foreign lock its whole value. Null when the key holds no string at all.</param>
/// <param name="AcquiredAt">When it was first taken; null when nobody recorded that.</param>
/// <param name="TimeLeft">Until it ends by itself; null when it never does (a leaked lock).</param>
/// <param name="Renewals">How often it was prolonged.</param>
/// <param name="Prefix">What its key begins with, where that is another service's; null for locks under our own name.</param>
public sealed record LockInfo(
    string OrderNo, string? Owner, string? Token, DateTimeOffset? AcquiredAt, TimeSpan? TimeLeft, int Renewals, string? Prefix = null)
{
    /// <summary>What it is asked for by: the order number, or the whole key under a foreign prefix.</summary>
    public string Name => Prefix + OrderNo;
    public bool IsForeign => Owner is null;
    public bool IsLeaked => TimeLeft is null;
}

/// <summary>A lock and the token that was on screen when somebody decided to remove it; empty for a key that holds no string.</summary>
/// <param name="OrderNo">Or the whole key of a lock under a foreign prefix.</param>
public readonly record struct SeenLock(string OrderNo, string Token);

public enum LockRemoval
{
    Removed,
    /// <summary>It is held by another token now; nothing was done.</summary>
    TokenChanged,
    /// <summary>It was free already.</summary>
    NotHeld,
}
