namespace OrderConsole.Core.Locks;

/// <summary>A day's numbers about locks, over all consoles.</summary>
/// <param name="Day">Its beginning, in UTC.</param>
/// <param name="Nodes">By console, the one that lost most first; at most 100.</param>
/// <param name="Hottest">The orders whose locks were lost most often, at most 20.</param>
/// <param name="NearMisses">The commits with the least of the lease left, the worst first, at most 20.</param>
public sealed record LockReport(DateTimeOffset Day, IReadOnlyList<LockNumbersRow> Nodes, IReadOnlyList<HotLockRow> Hottest, IReadOnlyList<NearMissRow> NearMisses)
{
    public LockCounts Total { get; } = Nodes.Aggregate(default(LockCounts), (sum, n) => sum + n.Counts);

    /// <summary>Lost attempts for each cancelled order; null when none was cancelled.</summary>
    public double? WastedPerCancelled => Total.Cancelled == 0 ? null : (double)Total.Lost / Total.Cancelled;

    /// <summary>Of all commits under a lock, the share (0 to 1) with less than a fifth of the lease left; null without any.</summary>
    public double? NearMissShare => Total.Commits == 0 ? null : (double)Total.NearMisses / Total.Commits;

    public LockAdvice Advice => LockAdvisor.Of(this);
}

/// <summary>What to do about the numbers. The names are keys of texts.</summary>
public enum LockAdvice
{
    /// <summary>Nothing: they are good.</summary>
    Fine,
    /// <summary>Commits come close to the end of the lease: raise Timeouts:Lease, or make batches smaller.</summary>
    LeaseTooShort,
    /// <summary>Most attempts are lost on a few orders: somebody holds their locks for long.</summary>
    FewOrdersHeld,
    /// <summary>Attempts are lost on many orders: other programs work on the same orders at the same time.</summary>
    ManyOrdersHeld,
    /// <summary>Holders came back after their locks had been taken away: they stall.</summary>
    HoldersStall,
}

/// <summary>Turns a day's numbers into one piece of advice: the one that matters most.</summary>
internal static class LockAdvisor
{
    private const double ManyNearMisses = 0.01, ManyWasted = 0.5, Few = 0.5;
    private const int FewOrders = 5, Enough = 20;

    public static LockAdvice Of(LockReport report) =>
        report.NearMissShare > ManyNearMisses && report.Total.NearMisses > 1 ? LockAdvice.LeaseTooShort
        : report.Total.Lost >= Enough && (report.WastedPerCancelled ?? double.PositiveInfinity) > ManyWasted
            ? report.Hottest.Take(FewOrders).Sum(h => h.Lost) > report.Total.Lost * Few ? LockAdvice.FewOrdersHeld : LockAdvice.ManyOrdersHeld
        : report.Total.LateRefused > 0 ? LockAdvice.HoldersStall
        : LockAdvice.Fine;
}

/// <summary>One console's numbers of a day, table <c>lock_numbers</c>.</summary>
public sealed class LockNumbersRow
{
    /// <summary>Days since 1970 in UTC.</summary>
    public int Day { get; init; }
    public string Node { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public long Attempts { get; init; }
    public long Lost { get; init; }
    public long Waited { get; init; }
    public long Cancelled { get; init; }
    public long Commits { get; init; }
    public long NearMisses { get; init; }
    public long LateRefused { get; init; }
    /// <summary>How long locks were held lately, in milliseconds; 99th percentile.</summary>
    public double? HoldP99 { get; init; }

    public LockCounts Counts => new(Attempts, Lost, Waited, Cancelled, Commits, NearMisses, LateRefused);
}

/// <summary>What happened to the lock of an order that was lost on a day, table <c>hot_locks</c>.</summary>
public sealed class HotLockRow
{
    public int Day { get; init; }
    public string OrderNo { get; init; } = "";
    /// <summary>How often it was asked for, since it was first lost.</summary>
    public long Attempts { get; init; }
    public long Lost { get; init; }
    /// <summary>Of the lost, how often it was about to end and was waited for.</summary>
    public long Waited { get; init; }
    /// <summary>The last time.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>A commit with little of its lock's lease left, table <c>near_misses</c>.</summary>
public sealed class NearMissRow
{
    public int Day { get; init; }
    public string OrderNo { get; init; } = "";
    public string Node { get; init; } = "";
    /// <summary>Milliseconds of the lease that were left; below zero when it had ended.</summary>
    public long Left { get; init; }
    /// <summary>The lease, in milliseconds.</summary>
    public long Lease { get; init; }
    public double Share { get; init; }
    public DateTimeOffset At { get; init; }
}
