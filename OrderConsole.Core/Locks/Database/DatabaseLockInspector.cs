using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Locks.Database;

/// <summary>Looks at the table <c>order_locks</c>. There are no foreign or leaked locks here: every row has an owner and a lease.</summary>
public sealed class DatabaseLockInspector(OrderDatabase database) : ILockInspector
{
    public Task<long> CountAsync(CancellationToken cancel) => database.ReadRowsAsync("count_locks.sql",
        async reader => await reader.ReadAsync(cancel) ? reader.GetInt64(0) : 0, cancel);

    public Task<long> CountLeakedAsync(CancellationToken cancel) => Task.FromResult(0L);

    public async IAsyncEnumerable<IReadOnlyList<LockInfo>> WalkAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var last = "";
        while (true)
        {
            var (now, after) = (await database.NowAsync(cancel), last);
            var page = await database.ReadAsync(db => db.OrderLocks.Where(l => string.Compare(l.OrderNo, after) > 0 && l.LeaseUntil > now)
                .OrderBy(l => l.OrderNo).Take(1_000).ToListAsync(cancel));
            if (page.Count == 0) yield break;
            yield return [.. page.Select(l => InfoOf(l, now))];
            last = page[^1].OrderNo;
        }
    }

    public async Task<LockInfo?> FindAsync(string orderNo, CancellationToken cancel)
    {
        var now = await database.NowAsync(cancel);
        var row = await database.ReadAsync(db => db.OrderLocks.SingleOrDefaultAsync(l => l.OrderNo == orderNo && l.LeaseUntil > now, cancel));
        return row is null ? null : InfoOf(row, now);
    }

    public async Task<IReadOnlyList<LockInfo?>> FindAsync(IReadOnlyList<string> names, CancellationToken cancel)
    {
        var now = await database.NowAsync(cancel);
        var found = new Dictionary<string, LockInfo>(StringComparer.Ordinal);
        foreach (var step in names.Chunk(1_000))
        {
            var rows = await database.ReadAsync(db => db.OrderLocks.Where(l => step.Contains(l.OrderNo) && l.LeaseUntil > now).ToListAsync(cancel));
            foreach (var row in rows) found[row.OrderNo] = InfoOf(row, now);
        }
        return [.. names.Select(found.GetValueOrDefault)];
    }

    public async Task<IReadOnlyList<LockRemoval>> RemoveAsync(IReadOnlyList<SeenLock> locks, CancellationToken cancel)
    {
        var now = await database.NowAsync(cancel);
        return await database.WriteIndexAsync(async db =>
        {
            var removals = new LockRemoval[locks.Count];
            for (var i = 0; i < locks.Count; i++)
            {
                var (orderNo, token) = locks[i];
                var removed = await db.OrderLocks.Where(l => l.OrderNo == orderNo && l.Token == token).ExecuteDeleteAsync(cancel);
                removals[i] = removed == 1 ? LockRemoval.Removed
                    : await db.OrderLocks.AnyAsync(l => l.OrderNo == orderNo && l.LeaseUntil > now, cancel) ? LockRemoval.TokenChanged
                    : LockRemoval.NotHeld;
            }
            return removals;
        }, cancel);
    }

    private static LockInfo InfoOf(LockRow row, DateTimeOffset now) =>
        new(row.OrderNo, row.Owner, row.Token, row.AcquiredAt, row.LeaseUntil - now, row.Renewals);
}
