using OrderConsole.Core.Data;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Diagnostics.Drift;

/// <summary>
/// Compares queue and locks with the database and says what does not fit; changes nothing. What seems not to fit at first
/// is looked at again a second later, so that what is only on its way from a commit to the queue is not reported.
/// </summary>
/// <remarks>No call holds a store up: pages of at most some thousand rows, milliseconds each. Throws <see cref="StoreUnavailableException"/> when a store is away.</remarks>
public sealed class DriftReader(OrderDatabase database, IQueueInspector queue, ILockInspector locks, OverdueOrderReader orders, TimeProvider time)
{
    /// <summary>How many rows of each class are kept; the others are only counted.</summary>
    public const int MostRows = 10_000;

    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(1);

    /// <param name="budget">How long it may take, the second look and a last page not counted; a comparison of a million orders takes some seconds.</param>
    /// <param name="only">Only what this class needs is looked at, and only its finding is in the report; null for all.</param>
    public async Task<DriftReport> ReadAsync(TimeSpan budget, CancellationToken cancel, DriftClass? only = null)
    {
        var clock = new DriftBudget(budget, time);
        var found = DriftClasses.All.Where(c => only is null || c == only).ToDictionary(c => c, _ => new Finding());
        var comparison = new QueueComparison(database, queue, clock, time);
        var queueRead = only?.IsOfLocks() == true ? Task.FromResult(true) : Task.Run(() => ReadQueueAsync(comparison, clock, found, cancel), cancel);
        var locksRead = only?.IsOfLocks() == false ? Task.FromResult((IsWhole: true, Count: 0L)) : Task.Run(() => ReadLocksAsync(clock, found, cancel), cancel);
        await Task.WhenAll(queueRead, locksRead);
        return new DriftReport(time.GetUtcNow(), clock.Taken, await queueRead && (await locksRead).IsWhole, comparison.Orders, comparison.Entries, (await locksRead).Count,
            [.. found.Select(f => new DriftFinding(f.Key, f.Value.Count, f.Value.Rows))]);
    }

    /// <summary>What stands behind each of the names now, and whether it fits.</summary>
    public async Task<IReadOnlyList<DriftLook>> LookAsync(IReadOnlyList<string> names, CancellationToken cancel)
    {
        // The entry before the order: it leaves the queue after its order's commit.
        var entries = (await queue.FindAllAsync(names, cancel)).DistinctBy(e => e.OrderNo, StringComparer.Ordinal).ToDictionary(e => e.OrderNo, StringComparer.Ordinal);
        var now = (await queue.CountAsync(cancel)).StoreNow;
        var facts = await orders.FactsAsync([.. names.Where(OrderNumber.IsValid)], cancel);
        return [.. names.Select(name =>
        {
            var (entry, order) = (entries.GetValueOrDefault(name), facts.TryGetValue(name, out var fact) ? fact : (OrderFacts?)null);
            return new DriftLook(name, entry, order, DriftRule.Judge(name, entry, order, now));
        })];
    }

    private async Task<bool> ReadQueueAsync(QueueComparison comparison, DriftBudget clock, Dictionary<DriftClass, Finding> found, CancellationToken cancel)
    {
        var isWhole = await comparison.RunAsync(cancel);
        var left = comparison.Suspects.Count;
        if (left > 0) await Task.Delay(SecondLook, time, cancel);
        foreach (var step in comparison.Suspects.Chunk(ITimeoutQueue.MaxEntriesPerCall))
        {
            foreach (var look in await LookAsync(step, cancel))
                if (look.Drift is { } drift && found.TryGetValue(drift, out var finding)) finding.Add(new DriftRow(drift, look.Name, look.Entry, look.Order));
            left -= step.Length;
            if (left > 0 && clock.IsSpent) return false;
        }
        return isWhole;
    }

    private async Task<(bool IsWhole, long Count)> ReadLocksAsync(DriftBudget clock, Dictionary<DriftClass, Finding> found, CancellationToken cancel)
    {
        var (met, suspects, isWhole) = (new HashSet<string>(StringComparer.Ordinal), new List<DriftRow>(), true);
        await foreach (var page in locks.WalkAsync(cancel))
        {
            var fresh = page.Where(held => met.Add(held.Name)).ToArray();
            string[] known = [.. fresh.Select(held => held.OrderNo).Where(OrderNumber.IsValid)];
            var facts = known.Length == 0 ? [] : await orders.FactsAsync(known, cancel);
            suspects.AddRange(fresh.Select(held => RowOf(held, facts.TryGetValue(held.OrderNo, out var fact) ? fact : null)).OfType<DriftRow>());
            isWhole = !clock.IsSpent && suspects.Count < QueueComparison.MostSuspects;
            if (!isWhole) break;
        }
        // Between another program's SETNX and its EXPIRE a lock has no end for a moment.
        if (suspects.Count > 0) await Task.Delay(SecondLook, time, cancel);
        foreach (var step in suspects.Chunk(ITimeoutQueue.MaxEntriesPerCall))
        {
            var now = await locks.FindAsync([.. step.Select(row => row.Name)], cancel);
            foreach (var (before, held) in step.Zip(now))
                if (held is not null && held.Token == before.Lock!.Token && RowOf(held, before.Order) is { } row && found.TryGetValue(row.Class, out var finding)) finding.Add(row);
        }
        return (isWhole, met.Count);
    }

    private DriftRow? RowOf(LockInfo held, OrderFacts? order) =>
        DriftRule.Judge(held, order, time.GetUtcNow()) is { } drift ? new DriftRow(drift, held.Name, null, order, held) : null;

    private sealed class Finding
    {
        public long Count { get; private set; }
        public List<DriftRow> Rows { get; } = [];

        public void Add(DriftRow row)
        {
            Count++;
            if (Rows.Count < MostRows) Rows.Add(row);
        }
    }
}
