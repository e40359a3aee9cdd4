using System.Runtime.CompilerServices;
using OrderConsole.Core.Data;
using OrderConsole.Core.Queue;

namespace OrderConsole.Core.Diagnostics.Drift;

/// <summary>
/// Walks over pending orders and scheduled entries side by side, both in the order of their moments, as one merges two
/// sorted lists: what has a twin at about the same moment fits. The rest, and what stands elsewhere in the queue, is suspect:
/// names to be looked at again.
/// </summary>
internal sealed class QueueComparison(OrderDatabase database, IQueueInspector queue, DriftBudget budget, TimeProvider time)
{
    /// <summary>As many suspects are looked at again; with more of them something greater is wrong, and nobody counts.</summary>
    public const int MostSuspects = 100_000;
    private const int OrdersPerPage = 5_000;
    private const long Tolerance = 1_000;
    // Younger orders may still be on their way from the commit to the queue.
    private const long HandOver = 5_000;

    private readonly HashSet<string> _suspects = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Suspects => _suspects;
    public long Orders { get; private set; }
    public long Entries { get; private set; }

    /// <returns>Whether all was seen.</returns>
    public async Task<bool> RunAsync(CancellationToken cancel) =>
        // The few and urgent ones first: a long queue must not hide them.
        await WalkAsync(QueueState.Claimed, Claims(await StoreNowAsync(cancel)), cancel)
        && await WalkAsync(QueueState.Dead, page => page, cancel)
        && await WalkAsync(QueueState.Retrying, page => page, cancel)
        && await MergeAsync(cancel);

    /// <summary>Claims stand in the order of their leases' ends: the first that is not long over ends the walk.</summary>
    private static Func<IReadOnlyList<QueuePlace>, IEnumerable<QueuePlace>?> Claims(DateTimeOffset now) =>
        page => page[0].At < now - DriftRule.StuckAfter ? page.Where(p => p.At < now - DriftRule.StuckAfter) : null;

    private async Task<bool> WalkAsync(QueueState state, Func<IReadOnlyList<QueuePlace>, IEnumerable<QueuePlace>?> suspected, CancellationToken cancel)
    {
        await foreach (var page in queue.WalkInOrderAsync(state, cancel))
        {
            if (suspected(page) is not { } found) return true;
            Entries += page.Count;
            _suspects.UnionWith(found.Select(p => p.Name));
            if (IsEnough) return false;
        }
        return true;
    }

    private async Task<bool> MergeAsync(CancellationToken cancel)
    {
        await using var orders = new PlacesInOrder(PendingOrdersAsync(cancel), cancel);
        await using var entries = new PlacesInOrder(ScheduledAsync(cancel), cancel);
        var before = Entries;
        while (!orders.IsOver || !entries.IsOver)
        {
            var (behind, other) = orders.Reached <= entries.Reached && !orders.IsOver ? (orders, entries) : (entries, orders);
            foreach (var place in await behind.TakeAsync()) Meet(place, behind, other);
            var settled = Math.Min(orders.Reached, entries.Reached);
            if (settled > long.MinValue)
            {
                SuspectUpTo(settled - Tolerance, orders);
                SuspectUpTo(settled - Tolerance, entries);
            }
            (Orders, Entries) = (orders.Count, before + entries.Count);
            if (IsEnough) return false;
        }
        SuspectUpTo(long.MaxValue, orders);
        SuspectUpTo(long.MaxValue, entries);
        return true;
    }

    private void Meet(Place place, PlacesInOrder here, PlacesInOrder there)
    {
        if (!there.Alone.Remove(place.Name, out var twin)) here.Alone[place.Name] = place;
        else if (Math.Abs(place.At - twin.At) > Tolerance) _suspects.Add(place.Name);
    }

    private void SuspectUpTo(long moment, PlacesInOrder side)
    {
        foreach (var (name, place) in side.Alone)
        {
            if (place.At > moment) continue;
            side.Alone.Remove(name);
            if (!place.IsYoung) _suspects.Add(name);
        }
    }

    private bool IsEnough => budget.IsSpent || _suspects.Count >= MostSuspects;

    private async Task<DateTimeOffset> StoreNowAsync(CancellationToken cancel) => (await queue.CountAsync(cancel)).StoreNow;

    private async IAsyncEnumerable<IReadOnlyList<Place>> ScheduledAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var page in queue.WalkInOrderAsync(QueueState.Scheduled, cancel)) yield return [.. page.Select(Place.Of)];
    }

    private async IAsyncEnumerable<IReadOnlyList<Place>> PendingOrdersAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var (at, id) = (long.MinValue, 0L);
        while (true)
        {
            var young = time.GetUtcNow().ToUnixTimeMilliseconds() - HandOver;
            var page = new List<Place>(OrdersPerPage);
            await database.ReadRowsAsync("pending_in_order.sql", async reader =>
            {
                while (await reader.ReadAsync(cancel))
                {
                    (id, at) = (reader.GetInt64(0), reader.GetInt64(2));
                    page.Add(new Place(reader.GetString(1), at, IsYoung: reader.GetInt64(3) > young));
                }
                return 0;
            }, cancel, ("at", at), ("id", id), ("count", OrdersPerPage));
            if (page.Count == 0) yield break;
            yield return page;
        }
    }
}
