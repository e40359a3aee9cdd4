using Microsoft.Extensions.Options;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;
using OrderConsole.Live;

namespace OrderConsole.Components.Locks;

/// <summary>
/// Looks at all locks, a page at a time and only as long as the budget lasts, and keeps the most suspicious ones: neither
/// a store nor this process is held up, however many there are.
/// </summary>
public sealed class LockReader(ILockInspector locks, OverdueOrderReader orders, LiveFeed feed, IOptions<TimeoutOptions> options, TimeProvider time)
{
    public const int MostShown = 1_000;
    private const int MostOwners = 50;
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    public async Task<LockList> ReadAsync(LockFilter filter, CancellationToken cancel)
    {
        var (alive, seen, isWhole) = (Alive(), new HashSet<string>(StringComparer.Ordinal), true);
        var (worst, owners) = (new WorstLocks(MostShown), new Dictionary<string, int>(StringComparer.Ordinal));
        using var budget = new CancellationTokenSource(Budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, budget.Token);
        try
        {
            await foreach (var page in locks.WalkAsync(either.Token))
            {
                // One may be met twice.
                var met = page.Where(held => seen.Add(held.OrderNo)).ToList();
                foreach (var owner in met.Select(held => held.Owner).OfType<string>()) owners[owner] = owners.GetValueOrDefault(owner) + 1;
                worst.AddRange(await JudgeAsync(met.Where(filter.Fits), alive, cancel));
                either.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            isWhole = false;
        }
        return new(worst.InOrder(), worst.Offered, seen.Count, isWhole, time.GetUtcNow(), [.. owners.OrderByDescending(o => o.Value).ThenBy(o => o.Key, StringComparer.Ordinal).Take(MostOwners)]);
    }

    /// <summary>The lock of one order, or an empty list when it is free.</summary>
    public async Task<LockList> FindAsync(string orderNo, CancellationToken cancel)
    {
        var held = await locks.FindAsync(orderNo, cancel);
        var items = held is null ? [] : await JudgeAsync([held], Alive(), cancel);
        return new(items, items.Count, items.Count, true, time.GetUtcNow(), []);
    }

    private HashSet<string>? Alive()
    {
        var nodes = feed.Latest.Nodes;
        // This console is alive itself: an empty list means that nobody could read it.
        return nodes.Count == 0 ? null : nodes.Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<ListedLock>> JudgeAsync(IEnumerable<LockInfo> held, HashSet<string>? alive, CancellationToken cancel)
    {
        var page = held.ToList();
        string[] numbers = [.. page.Select(one => one.OrderNo).Where(OrderNumber.IsValid)];
        var facts = numbers.Length == 0 ? [] : await orders.FactsAsync(numbers, cancel);
        var now = time.GetUtcNow();
        return [.. page.Select(one =>
        {
            OrderFacts? order = facts.TryGetValue(one.OrderNo, out var found) ? found : null;
            return new ListedLock(one, order, LockSuspicion.Of(one, order, alive, options.Value.Lease, now));
        })];
    }
}
