using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Locks;

/// <summary>
/// Looks at all locks, a page at a time and only as long as the budget lasts, and keeps the most suspicious ones: neither
/// a store nor this process is held up, however many there are.
/// </summary>
public sealed class LockReader(ILockInspector locks, LockVerdicts verdicts, LockWaits waits, TimeProvider time)
{
    public const int MostShown = 1_000;
    private const int MostOwners = 50;
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    public async Task<LockList> ReadAsync(LockFilter filter, CancellationToken cancel)
    {
        var (around, seen, isWhole) = (await verdicts.AroundAsync(cancel), new HashSet<string>(StringComparer.Ordinal), true);
        var (worst, owners) = (new WorstLocks(MostShown), new Dictionary<string, int>(StringComparer.Ordinal));
        var startedAt = time.GetTimestamp();
        using var budget = new CancellationTokenSource(Budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, budget.Token);
        try
        {
            await foreach (var page in locks.WalkAsync(either.Token))
            {
                // One may be met twice.
                var met = page.Where(held => seen.Add(held.Name)).ToList();
                foreach (var owner in met.Select(held => held.Owner).OfType<string>()) owners[owner] = owners.GetValueOrDefault(owner) + 1;
                worst.AddRange(await JudgeAsync([.. met.Where(filter.Fits)], around, cancel));
                either.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            isWhole = false;
        }
        return new(await WithWaitersAsync(worst.InOrder(), cancel), worst.Offered, seen.Count, isWhole, time.GetUtcNow(),
            [.. owners.OrderByDescending(o => o.Value).ThenBy(o => o.Key, StringComparer.Ordinal).Take(MostOwners)], time.GetElapsedTime(startedAt));
    }

    /// <summary>The lock of one order, or an empty list when it is free.</summary>
    public async Task<LockList> FindAsync(string orderNo, CancellationToken cancel)
    {
        var held = await locks.FindAsync(orderNo, cancel);
        var items = held is null ? [] : await WithWaitersAsync(await JudgeAsync([held], await verdicts.AroundAsync(cancel), cancel), cancel);
        return new(items, items.Count, items.Count, true, time.GetUtcNow(), [], TimeSpan.Zero);
    }

    private async Task<IReadOnlyList<ListedLock>> JudgeAsync(IReadOnlyList<LockInfo> held, LockSurroundings around, CancellationToken cancel) =>
        [.. (await verdicts.JudgeAsync(held, around, cancel)).Select(one =>
            new ListedLock(one.Lock, one.Order, LockSuspicion.Of(one.Verdict), one.Verdict))];

    private async Task<IReadOnlyList<ListedLock>> WithWaitersAsync(IReadOnlyList<ListedLock> listed, CancellationToken cancel)
    {
        // A key may hold anything after the prefix, also what no database takes as text.
        string[] numbers = [.. listed.Select(one => one.Lock.OrderNo).Where(OrderNumber.IsValid)];
        var waiting = numbers.Length == 0 ? [] : await waits.WaitersAsync(numbers, cancel);
        return waiting.Count == 0 ? listed : [.. listed.Select(one => one with { Waiters = waiting.GetValueOrDefault(one.Lock.OrderNo) })];
    }
}
