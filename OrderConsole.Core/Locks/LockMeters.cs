using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Locks;

/// <summary>What this console saw of its locks since somebody last took the numbers away. Costs the way of an order no round trip.</summary>
public sealed class LockMeters(TimeProvider time)
{
    /// <summary>A commit with less of the lease left than this is a near miss.</summary>
    public const double NearMissShare = 0.2;
    public const int WorstKept = 20;
    private const int MostHot = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HotCounts> _hot = new(StringComparer.Ordinal);
    // Of an order that was once lost each later attempt counts too, also after its numbers were taken away.
    private readonly HashSet<string> _everHot = new(StringComparer.Ordinal);
    private readonly PriorityQueue<CommittedLock, double> _worst = new();
    private LockCounts _counts;

    /// <summary>How long locks were held, over the last minute.</summary>
    public LatenessWindow Holds { get; } = new(time);

    public void Taken(IEnumerable<string> orderNos)
    {
        lock (_gate)
            foreach (var no in orderNos)
            {
                _counts += new LockCounts { Attempts = 1 };
                if (_everHot.Contains(no)) Hot(no, new(Attempts: 1, Lost: 0, Waited: 0));
            }
    }

    /// <param name="isWaitedFor">The lock was about to end, and its order comes back just then.</param>
    public void Lost(IEnumerable<string> orderNos, bool isWaitedFor)
    {
        lock (_gate)
            foreach (var no in orderNos)
            {
                var waited = isWaitedFor ? 1 : 0;
                _counts += new LockCounts { Attempts = 1, Lost = 1, Waited = waited };
                if (_everHot.Count >= MostHot * 10) _everHot.Clear();
                _everHot.Add(no);
                Hot(no, new(Attempts: 1, Lost: 1, waited));
            }
    }

    /// <summary>Orders were cancelled under their locks.</summary>
    public void Committed(IEnumerable<LockHandle?> handles)
    {
        var now = time.GetUtcNow();
        lock (_gate)
            foreach (var handle in handles)
            {
                _counts += new LockCounts { Cancelled = 1 };
                if (handle is null) continue;
                var committed = new CommittedLock(handle.OrderNo, handle.TimeLeft, handle.Lease, now);
                _counts += new LockCounts { Commits = 1, NearMisses = committed.Share < NearMissShare ? 1 : 0 };
                Holds.Add(handle.Held);
                // The mildest of the worst stands first, to make room.
                if (_worst.Count < WorstKept) _worst.Enqueue(committed, -committed.Share);
                else _worst.EnqueueDequeue(committed, -committed.Share);
            }
    }

    public void LateRefused(int commits) => Add(new() { LateRefused = commits });

    /// <summary>Everything since the last time; the caller keeps it.</summary>
    internal LockTally Take()
    {
        lock (_gate)
        {
            var tally = new LockTally(_counts, new(_hot), [.. _worst.UnorderedItems.Select(w => w.Element)], Holds.Quantiles(0.99)[0]);
            _counts = default;
            _hot.Clear();
            _worst.Clear();
            return tally;
        }
    }

    /// <summary>Takes back counts that could not be kept; which orders they were is forgotten.</summary>
    internal void GiveBack(LockCounts counts) => Add(counts);

    private void Hot(string no, HotCounts more)
    {
        if (_hot.Count < MostHot || _hot.ContainsKey(no)) _hot[no] = _hot.GetValueOrDefault(no) + more;
    }

    private void Add(LockCounts counts)
    {
        lock (_gate) _counts += counts;
    }
}

/// <summary>How often what happened to locks.</summary>
/// <param name="Attempts">Locks asked for.</param>
/// <param name="Lost">Of them, those that somebody else held: attempts for nothing.</param>
/// <param name="Waited">Of the lost, those that were about to end and were waited for.</param>
/// <param name="Cancelled">Orders cancelled.</param>
/// <param name="Commits">Orders cancelled under a lock.</param>
/// <param name="NearMisses">Of them, those with less than a fifth of the lease left.</param>
/// <param name="LateRefused">Commits of holders whose lock had been taken away: they changed no row.</param>
public readonly record struct LockCounts(long Attempts, long Lost, long Waited, long Cancelled, long Commits, long NearMisses, long LateRefused)
{
    public static LockCounts operator +(LockCounts a, LockCounts b) => new(a.Attempts + b.Attempts, a.Lost + b.Lost, a.Waited + b.Waited,
        a.Cancelled + b.Cancelled, a.Commits + b.Commits, a.NearMisses + b.NearMisses, a.LateRefused + b.LateRefused);
}

/// <summary>A lock as it was just after the commit of its order.</summary>
public readonly record struct CommittedLock(string OrderNo, TimeSpan Left, TimeSpan Lease, DateTimeOffset At)
{
    /// <summary>How much of the lease was left, 1 to 0 and below.</summary>
    public double Share => Left / Lease;
}

/// <summary>What happened to one order's lock.</summary>
internal readonly record struct HotCounts(long Attempts, long Lost, long Waited)
{
    public static HotCounts operator +(HotCounts a, HotCounts b) => new(a.Attempts + b.Attempts, a.Lost + b.Lost, a.Waited + b.Waited);
}

internal sealed record LockTally(LockCounts Counts, Dictionary<string, HotCounts> Hot, IReadOnlyList<CommittedLock> Worst, double? HoldP99)
{
    public bool IsEmpty => Counts == default;
}
