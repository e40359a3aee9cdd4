namespace OrderConsole.Core.Locks;

/// <summary>How long a lock may be asked for.</summary>
internal static class LockLease
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromMinutes(10);

    /// <exception cref="ArgumentOutOfRangeException">Shorter than 1 s or longer than 10 min.</exception>
    public static void Require(TimeSpan lease)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lease, Shortest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lease, Longest);
    }
}
