namespace OrderConsole.Components.Locks;

/// <summary>Keeps the most suspicious of any number of locks in little memory.</summary>
public sealed class WorstLocks(int most)
{
    private static readonly Comparer<ListedLock> MildFirst = Comparer<ListedLock>.Create((a, b) =>
        a.Suspicion.Suspect != b.Suspicion.Suspect ? a.Suspicion.Suspect.CompareTo(b.Suspicion.Suspect)
        : Nullable.Compare(a.Suspicion.Held, b.Suspicion.Held) is not 0 and var age ? age
        : string.CompareOrdinal(b.Lock.OrderNo, a.Lock.OrderNo));

    private readonly PriorityQueue<ListedLock, ListedLock> _kept = new(MildFirst);

    /// <summary>How many were added, kept or not.</summary>
    public int Offered { get; private set; }

    public void AddRange(IEnumerable<ListedLock> locks)
    {
        foreach (var one in locks)
        {
            Offered++;
            if (_kept.Count < most) _kept.Enqueue(one, one);
            else _kept.EnqueueDequeue(one, one);
        }
    }

    /// <summary>The worst first; of the same suspicion the one held longest.</summary>
    public IReadOnlyList<ListedLock> InOrder() => [.. _kept.UnorderedItems.Select(kept => kept.Element).OrderDescending(MildFirst)];
}
