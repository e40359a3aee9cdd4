namespace OrderConsole.Core.Queue;

/// <summary>The operators' and the reconciler's side of the timeout queue. Nothing here is on the path of an order.</summary>
public interface IQueueInspector
{
    /// <summary>Counts by state, the oldest due entry and the next one, by the store's own clock.</summary>
    Task<QueueCounts> CountAsync(CancellationToken cancel);

    /// <summary>One page of entries in a state, oldest due (dead: latest dead) first.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">1 to 200.</param>
    Task<QueuePage> PageAsync(QueueState state, int page, int pageSize, CancellationToken cancel);

    /// <summary>The entry of one order, or null when the queue does not know it.</summary>
    Task<QueueEntry?> FindAsync(string orderNo, CancellationToken cancel);

    /// <summary>Of the given order numbers, those that the queue knows in no state at all.</summary>
    Task<IReadOnlyList<string>> FindMissingAsync(IReadOnlyList<string> orderNos, CancellationToken cancel);

    /// <summary>
    /// Walks over all scheduled and retrying entries, about <see cref="ITimeoutQueue.MaxEntriesPerCall"/> at a time.
    /// An entry that is there during the whole walk is met at least once; one may be met twice.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<string>> WalkAsync(CancellationToken cancel);

    /// <summary>
    /// Walks over the entries of one kind in the order of their moments, so many at a time as hold the store up for at most
    /// some milliseconds. What is taken out meanwhile may be missed, what is moved may be met twice: whoever acts on it looks again.
    /// </summary>
    /// <param name="state">Not <see cref="QueueState.Due"/>: such entries are among the scheduled and the retrying ones here.</param>
    IAsyncEnumerable<IReadOnlyList<QueuePlace>> WalkInOrderAsync(QueueState state, CancellationToken cancel);

    /// <summary>The entries of those names that the queue knows, in the order given. A name that no order can have is given as it is shown.</summary>
    Task<IReadOnlyList<QueueEntry>> FindAllAsync(IReadOnlyList<string> names, CancellationToken cancel);

    /// <summary>Forgets entries and dead letters, also those that no order can have, by the name that is shown. A claimed one is left to its owner.</summary>
    /// <returns>Those that were forgotten.</returns>
    Task<IReadOnlyList<string>> RemoveAsync(IReadOnlyList<string> names, CancellationToken cancel);

    /// <summary>Of the given order numbers, those that <see cref="RequeueAsync"/> would make due: dead letters, retrying entries and claims whose lease is over.</summary>
    Task<IReadOnlyList<string>> FindRequeueableAsync(IReadOnlyList<string> orderNos, CancellationToken cancel);

    /// <summary>Makes dead letters, retrying entries and claims whose lease is over due now, their counts forgotten; one round trip for <see cref="ITimeoutQueue.MaxEntriesPerCall"/>.</summary>
    /// <returns>Those that were put back; the others were neither.</returns>
    Task<IReadOnlyList<string>> RequeueAsync(IReadOnlyList<string> orderNos, CancellationToken cancel);

    /// <summary>How many scheduled and retrying entries fall due in each of <paramref name="buckets"/> spans from <paramref name="from"/> on.</summary>
    Task<IReadOnlyList<long>> DueHistogramAsync(DateTimeOffset from, TimeSpan bucket, int buckets, CancellationToken cancel);
}
