using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Locks;

/// <summary>A lock, its order, and what is thought of it.</summary>
/// <param name="Order">Null when no order has this number.</param>
public sealed record JudgedLock(LockInfo Lock, OrderFacts? Order, LockVerdict Verdict);

/// <summary>Gathers what <see cref="LockJudge"/> weighs: what is around once a walk, the orders in one query a step.</summary>
public sealed class LockVerdicts(
    ILockInspector locks, OverdueOrderReader orders, OrderDatabase database, LockNumbers numbers, IOptions<TimeoutOptions> timeouts, IOptions<LockOptions> options, TimeProvider time)
{
    /// <exception cref="StoreUnavailableException">The database cannot answer: then nobody can tell who is alive.</exception>
    public async Task<LockSurroundings> AroundAsync(CancellationToken cancel)
    {
        var (now, readAt) = (await database.NowAsync(cancel), time.GetTimestamp());
        var silent = now - ClusterTotals.Silence;
        var alive = await database.ReadAsync(db => db.Nodes.Where(n => n.SeenAt > silent).Select(n => n.Name).ToListAsync(cancel));
        alive.Add(Node.ThisProcess.Name);
        return new(alive.ToHashSet(StringComparer.Ordinal), await numbers.UsualHoldAsync(cancel), timeouts.Value.Lease, options.Value.LongestHold, now) { ReadAt = readAt };
    }

    /// <param name="held">At most about 1,000.</param>
    public async Task<IReadOnlyList<JudgedLock>> JudgeAsync(IReadOnlyList<LockInfo> held, LockSurroundings around, CancellationToken cancel)
    {
        string[] known = [.. held.Select(one => one.OrderNo).Where(OrderNumber.IsValid).Distinct(StringComparer.Ordinal)];
        var facts = known.Length == 0 ? [] : await orders.FactsAsync(known, cancel);
        var now = around with { Now = around.Now + time.GetElapsedTime(around.ReadAt) };
        return [.. held.Select(one =>
        {
            OrderFacts? order = facts.TryGetValue(one.OrderNo, out var found) ? found : null;
            return new JudgedLock(one, order, LockJudge.Judge(one, order, now));
        })];
    }

    /// <summary>The lock of one order, or null when it is free.</summary>
    public async Task<JudgedLock?> FindAsync(string orderNo, CancellationToken cancel) => await locks.FindAsync(orderNo, cancel) is { } held
        ? (await JudgeAsync([held], await AroundAsync(cancel), cancel))[0]
        : null;

    /// <summary>Walks over all locks as <see cref="ILockInspector.WalkAsync"/> does.</summary>
    public async IAsyncEnumerable<IReadOnlyList<JudgedLock>> WalkAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var around = await AroundAsync(cancel);
        await foreach (var page in locks.WalkAsync(cancel)) yield return await JudgeAsync(page, around, cancel);
    }
}
