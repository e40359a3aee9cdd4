using OrderConsole.Core.Locks;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Diagnostics.Drift;

/// <summary>One thing that does not fit, with what each store says of it.</summary>
/// <param name="Name">An order number; where it is none, as it is shown.</param>
/// <param name="Entry">What the queue has, or null.</param>
/// <param name="Order">The order's row, or null.</param>
/// <param name="Lock">The lock, for the classes of locks.</param>
public sealed record DriftRow(DriftClass Class, string Name, QueueEntry? Entry, OrderFacts? Order, LockInfo? Lock = null);

/// <summary>What queue and database say of one name at one moment.</summary>
/// <param name="Drift">What does not fit, or null.</param>
public sealed record DriftLook(string Name, QueueEntry? Entry, OrderFacts? Order, DriftClass? Drift);

/// <summary>What was found of one class.</summary>
/// <param name="Count">How many; more than <paramref name="Rows"/> when there are more than <see cref="DriftReader.MostRows"/>.</param>
public sealed record DriftFinding(DriftClass Class, long Count, IReadOnlyList<DriftRow> Rows);

/// <summary>A comparison of queue and locks with the database.</summary>
/// <param name="IsWhole">False when it stopped before it had seen all: each count is then a lower bound.</param>
/// <param name="Orders">Pending orders that were compared.</param>
/// <param name="Entries">Entries of the queue, in any state, that were compared.</param>
/// <param name="Locks">Locks that were looked at.</param>
public sealed record DriftReport(DateTimeOffset At, TimeSpan Took, bool IsWhole, long Orders, long Entries, long Locks, IReadOnlyList<DriftFinding> Findings)
{
    public long Total => Findings.Sum(f => f.Count);

    public DriftFinding this[DriftClass drift] => Findings.FirstOrDefault(f => f.Class == drift) ?? new(drift, 0, []);
}
