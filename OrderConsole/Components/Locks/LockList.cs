using OrderConsole.Core.Locks;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Components.Locks;

public enum LockKind
{
    /// <summary>Taken by a console.</summary>
    Ours,
    /// <summary>Taken by another program.</summary>
    Foreign,
    /// <summary>Never ends by itself, whoever took it.</summary>
    Leaked,
}

/// <summary>Which locks; what is null does not matter.</summary>
public sealed record LockFilter(LockKind? Kind, string? Owner)
{
    public bool Fits(LockInfo held) => (Owner is null || held.Owner == Owner) && Kind switch
    {
        LockKind.Ours => !held.IsForeign,
        LockKind.Foreign => held.IsForeign,
        LockKind.Leaked => held.IsLeaked,
        _ => true,
    };
}

/// <param name="Order">Null when no order has this number.</param>
/// <param name="Waiters">How many wait for it.</param>
public sealed record ListedLock(LockInfo Lock, OrderFacts? Order, LockSuspicion Suspicion, LockVerdict Verdict, int Waiters = 0);

/// <summary>The locks of one look, the most suspicious first.</summary>
/// <param name="Items">At most <see cref="LockReader.MostShown"/>.</param>
/// <param name="Fitting">How many fit the filter.</param>
/// <param name="Seen">How many were looked at.</param>
/// <param name="IsWhole">False when the time for the look was over before its end.</param>
/// <param name="Owners">Which consoles hold locks, and how many each, most first.</param>
/// <param name="Took">How long the look took.</param>
public sealed record LockList(
    IReadOnlyList<ListedLock> Items, int Fitting, int Seen, bool IsWhole, DateTimeOffset At, IReadOnlyList<KeyValuePair<string, int>> Owners, TimeSpan Took);
