using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Locks;

/// <summary>What is known around all locks at one moment.</summary>
/// <param name="Alive">The names of the consoles that are alive; null when nobody could read them.</param>
/// <param name="UsualHold">The 99th percentile of how long locks were held; null until enough were.</param>
/// <param name="Lease">How long a lock of ours lasts without renewal; it is renewed at a third.</param>
/// <param name="LongestHold">How old a lock may become.</param>
/// <param name="Now">By the database's clock: a console whose own clock is wrong must not take young locks for old ones.</param>
public sealed record LockSurroundings(IReadOnlySet<string>? Alive, TimeSpan? UsualHold, TimeSpan Lease, TimeSpan LongestHold, DateTimeOffset Now)
{
    /// <summary>When <see cref="Now"/> was, as a timestamp of <see cref="TimeProvider"/>.</summary>
    internal long ReadAt { get; init; }
}

/// <summary>
/// What to think of a lock. A pure decision on facts, without stores. It is careful, not right for ever: the row's version
/// is what makes a wrong removal harmless.
/// </summary>
public static class LockJudge
{
    /// <summary>Between its cancel and the release of its lock every order is final for a moment, and a console that starts locks before its first sign of life.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);
    /// <summary>So many times the usual hold is long.</summary>
    private const int Long = 10;
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    /// <param name="order">Null when no order has this number.</param>
    public static LockVerdict Judge(LockInfo held, OrderFacts? order, LockSurroundings around)
    {
        var reasons = new List<LockReason>();
        var age = around.Now - held.AcquiredAt;
        var isSettled = age is null || age >= Settling;
        bool Is(bool holds, LockReason reason)
        {
            if (holds) reasons.Add(reason);
            return holds;
        }

        var neverEnds = Is(held.IsLeaked, LockReason.NeverEnds);
        var isFinal = Is(isSettled && order is { Status: not OrderStatus.Pending }, LockReason.OrderFinal);
        Is(order is null, LockReason.OrderUnknown);
        var isTooOld = Is(age > around.LongestHold, LockReason.BeyondLongestHold);
        var isRenewing = Is(IsRenewing(held, around), LockReason.Renewing);
        var isForeign = Is(held.IsForeign, LockReason.OwnerForeign);
        var isUnread = Is(!isForeign && around.Alive is null, LockReason.OwnersUnread);
        var isAlive = Is(!isForeign && !isUnread && around.Alive!.Contains(held.Owner!), LockReason.OwnerAlive);
        var isSilent = Is(!isForeign && !isUnread && !isAlive, LockReason.OwnerSilent);
        var isLate = Is(!isForeign && held.TimeLeft < around.Lease / 3, LockReason.NotRenewed);
        var isLong = Is(age > LongHold(around), LockReason.HeldLong);
        var isWorking = Is(isAlive && !isLong && !isLate && order is { Status: OrderStatus.Pending }, LockReason.CommitUnderWay);

        var isDead = isSilent && isSettled && !isRenewing;
        // A live console's lock is removed for its age alone, not for a time to live that somebody took away.
        // What is no lock of a known kind is left to people.
        var canBeCleaned = held.Token is not null && (isTooOld || isFinal || isDead || neverEnds && !isAlive && !isUnread);
        var color = isFinal || isDead || neverEnds && isForeign && isTooOld ? LockColor.Green
            : isTooOld || neverEnds || isForeign || isUnread || isSilent || isLong || isLate ? LockColor.Amber
            : isWorking || isRenewing || isAlive ? LockColor.Red
            : LockColor.Amber;
        return new(color, reasons, age, canBeCleaned, around.UsualHold);
    }

    /// <summary>More is left than any lock has that nobody prolonged for a third of the lease.</summary>
    private static bool IsRenewing(LockInfo held, LockSurroundings around) =>
        held.Renewals > 0 && held.TimeLeft <= around.Lease && held.TimeLeft > around.Lease * 2 / 3 - Slack;

    private static TimeSpan LongHold(LockSurroundings around) =>
        around.UsualHold is { } usual && usual * Long > around.Lease ? usual * Long : around.Lease * 2;
}
