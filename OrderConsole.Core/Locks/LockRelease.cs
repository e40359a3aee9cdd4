using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Locks;

/// <summary>
/// Takes locks from their holders, in this order: the order's row gets a new version, then the lock is deleted if it still
/// is the one that was seen, then the outcome is recorded. A console that dies in between leaves a raised version, which
/// does no harm, and whoever goes on finds its row in <c>force_unlocks</c> and deletes the lock.
/// </summary>
public sealed class LockRelease(OrderDatabase database, ILockInspector locks, LockVerdicts verdicts, TimeProvider time)
{
    /// <summary>Looks at targets: free, or changed since somebody saw it, or as <paramref name="refuse"/> says.</summary>
    public async Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(
        IReadOnlyList<string> targets, string? token, Func<JudgedLock, string?> refuse, CancellationToken cancel)
    {
        var (found, _) = await LookAsync(targets, cancel);
        return [.. targets.Select(name => found.TryGetValue(name, out var one)
            ? new ExaminedTarget(name, one.Lock.Token ?? "", Changed(token, one) ?? refuse(one), one.Order is { Status: OrderStatus.Paid })
            : new ExaminedTarget(name, null, RefusalCodes.NotLocked))];
    }

    public async Task DoAsync(ActionBatch batch, Func<JudgedLock, string?> refuse, CancellationToken cancel)
    {
        var look = await LookAsync([.. batch.Items.Select(i => i.Target)], cancel);
        FaultPoint.Reach("lock-seen");
        var fences = await database.WriteAsync(db => FenceAsync(db, batch, look, refuse, cancel), cancel);
        FaultPoint.Reach("fenced");
        var going = fences.Where(f => f.Row is not null).ToArray();
        var removals = await locks.RemoveAsync([.. going.Select(f => new SeenLock(f.Row!.OrderNo, f.Row.Token))], cancel);
        FaultPoint.Reach("unlocked");
        var outcomes = fences.Where(f => f.Row is null).Select(f => ItemOutcome.Refused(f.Item, f.Refused!))
            .Concat(going.Zip(removals, (fence, removal) => OutcomeOf(fence, removal))).ToArray();
        await database.WriteAsync(async db =>
        {
            var (ids, now) = (going.Select(f => f.Row!.Id).ToArray(), time.GetUtcNow());
            await db.ForceUnlocks.Where(u => ids.Contains(u.Id)).ExecuteUpdateAsync(set => set.SetProperty(u => u.RemovedAt, now), cancel);
            await batch.RecordAsync(db, outcomes, cancel);
            return 0;
        }, cancel);
    }

    private static ItemOutcome OutcomeOf(Fence fence, LockRemoval removal) => removal switch
    {
        // Left behind by a console that died: the lock that was meant is gone, and somebody has taken the next one.
        LockRemoval.TokenChanged when !fence.IsAgain => ItemOutcome.Refused(fence.Item, RefusalCodes.TokenChanged),
        // Nothing guarded it, so nothing tells this from a lock that was free all the time.
        LockRemoval.NotHeld when fence.Row!.Version is null && !fence.IsAgain => ItemOutcome.Refused(fence.Item, RefusalCodes.NotLocked),
        _ => ItemOutcome.Done(fence.Item, fence.Row!.Version is { } version ? string.Create(CultureInfo.InvariantCulture, $"version {version}") : null,
            $"held by {fence.Row!.Owner ?? "somebody unknown"}", "free"),
    };

    private async Task<List<Fence>> FenceAsync(
        OrdersDb db, ActionBatch batch, Look look, Func<JudgedLock, string?> refuse, CancellationToken cancel)
    {
        var found = look.Held;
        string[] names = [.. batch.Items.Select(i => i.Target)];
        long[] ids = [.. found.Values.Where(one => one.Order is { Status: OrderStatus.Pending }).Select(one => one.Order!.Value.OrderId).Distinct()];
        // First the orders, as everybody who writes them.
        var orders = ids.Length == 0 ? [] : await database.LockedOrders(db, ids).ToDictionaryAsync(o => o.No, StringComparer.Ordinal, cancel);
        // One statement: an operation that ended between two would look as if it had left its unlock behind.
        var open = await db.ForceUnlocks.Where(u => names.Contains(u.OrderNo) && u.RemovedAt == null)
            .Select(u => new { Row = u, IsAtWork = db.Operations.Any(o => o.Id == u.OperationId && o.State == OperationState.Running) })
            .ToDictionaryAsync(u => u.Row.OrderNo, StringComparer.Ordinal, cancel);
        var latest = await LatestAsync(db.ForceUnlocks, names, cancel);
        var fences = new List<Fence>(batch.Items.Count);
        foreach (var item in batch.Items.OrderBy(i => i.Target, StringComparer.Ordinal))
        {
            if (open.TryGetValue(item.Target, out var earlier) && (earlier.Row.OperationId == batch.Operation.Id || !earlier.IsAtWork))
            {
                earlier.Row.OperationId = batch.Operation.Id;
                fences.Add(new(item, earlier.Row, null, IsAgain: true));
                continue;
            }
            var refused = earlier is not null ? RefusalCodes.UnlockedAlready
                : !found.TryGetValue(item.Target, out var one) ? RefusalCodes.NotLocked
                : Changed(item.Seen ?? batch.Parameters.Token, one) ?? refuse(one)
                // Somebody unlocked it after our look.
                ?? (latest.GetValueOrDefault(item.Target) > look.Unlocks.GetValueOrDefault(item.Target) ? RefusalCodes.UnlockedAlready : null);
            fences.Add(refused is null ? new(item, Raise(db, batch, found[item.Target], orders), null) : new(item, null, refused));
        }
        await db.SaveChangesAsync(cancel);
        return fences;
    }

    private ForceUnlockRow Raise(OrdersDb db, ActionBatch batch, JudgedLock one, Dictionary<string, Order> orders)
    {
        var now = time.GetUtcNow();
        var order = orders.GetValueOrDefault(one.Lock.OrderNo);
        if (order is { Status: OrderStatus.Pending })
        {
            order.ForceUnlock();
            db.Add(new OrderEvent
            {
                OrderId = order.Id, Version = order.Version, Kind = OrderEventKind.ForceUnlocked, At = now, Node = Node.ThisProcess.Name, Detail = batch.Reason,
            });
        }
        var row = new ForceUnlockRow
        {
            OperationId = batch.Operation.Id, OrderNo = one.Lock.Name, Token = one.Lock.Token ?? "", Owner = one.Lock.Owner, At = now,
            By = batch.Operation.By, Reason = batch.Reason, Version = order is { Status: OrderStatus.Pending } ? order.Version : null,
        };
        db.Add(row);
        return row;
    }

    private async Task<Look> LookAsync(IReadOnlyList<string> names, CancellationToken cancel)
    {
        var first = (await locks.FindAsync(names, cancel)).OfType<LockInfo>().ToList();
        var judged = await verdicts.JudgeAsync(first, await verdicts.AroundAsync(cancel), cancel);
        // Read before the locks are looked at once more: a lock that is held then was taken after the last of these.
        var unlocks = await database.ReadAsync(db => LatestAsync(db.ForceUnlocks.Where(u => u.RemovedAt != null), names, cancel));
        var still = (await locks.FindAsync(names, cancel)).OfType<LockInfo>().ToDictionary(l => l.Name, l => l.Token, StringComparer.Ordinal);
        return new(judged.Where(one => still.TryGetValue(one.Lock.Name, out var token) && token == one.Lock.Token)
            .ToDictionary(one => one.Lock.Name, StringComparer.Ordinal), unlocks);
    }

    private static string? Changed(string? token, JudgedLock now) => token is null || token == (now.Lock.Token ?? "") ? null : RefusalCodes.TokenChanged;

    private static Task<Dictionary<string, long>> LatestAsync(IQueryable<ForceUnlockRow> rows, IReadOnlyList<string> names, CancellationToken cancel) => rows
        .Where(u => names.Contains(u.OrderNo)).GroupBy(u => u.OrderNo).Select(g => new { g.Key, Id = g.Max(u => u.Id) })
        .ToDictionaryAsync(g => g.Key, g => g.Id, StringComparer.Ordinal, cancel);

    /// <param name="Held">What is held, by name.</param>
    /// <param name="Unlocks">The latest finished unlock of each name before that.</param>
    private sealed record Look(Dictionary<string, JudgedLock> Held, Dictionary<string, long> Unlocks);

    private sealed record Fence(OperationItem Item, ForceUnlockRow? Row, string? Refused, bool IsAgain = false);
}
