using OrderConsole.Core.Data;

namespace OrderConsole.Core.Locks.Database;

/// <summary>Locks as rows of <c>order_locks</c> in the orders' own database. A row whose lease has ended is taken over.</summary>
public sealed class DatabaseOrderLocks(OrderDatabase database, TimeProvider time) : IOrderLocks
{
    private const int MaxLocksPerCall = 1_000;

    public async Task<LockResult> TryAcquireAsync(IReadOnlyList<string> orderNos, TimeSpan lease, string owner, CancellationToken cancel)
    {
        LockLease.Require(lease);
        var (acquired, held) = (new List<LockHandle>(orderNos.Count), new List<HeldLock>());
        foreach (var step in orderNos.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(MaxLocksPerCall))
        {
            var (token, sentAt) = (Guid.NewGuid().ToString("N"), time.GetTimestamp());
            var (taken, others) = await database.WriteIndexAsync(async db =>
            {
                await using var command = db.Command(Sql("acquire_locks.sql"), ("rows", SqlFile.Json(step)),
                    ("owner", owner), ("token", token), ("lease", (long)lease.TotalMilliseconds), ("now", NowMs()));
                await using var reader = await command.ExecuteReaderAsync(cancel);
                var (mine, theirs) = (new List<string>(step.Length), new List<HeldLock>());
                while (await reader.ReadAsync(cancel)) mine.Add(reader.GetString(0));
                await reader.NextResultAsync(cancel);
                while (await reader.ReadAsync(cancel)) theirs.Add(new HeldLock(reader.GetString(0), TimeSpan.FromMilliseconds(reader.GetInt64(1))));
                return (mine, theirs);
            }, cancel);
            acquired.AddRange(taken.Select(no => new LockHandle(no, token, sentAt, lease, time)));
            held.AddRange(others);
        }
        return new LockResult(acquired, held);
    }

    public async Task RenewAsync(IReadOnlyList<LockHandle> handles, TimeSpan lease, CancellationToken cancel)
    {
        LockLease.Require(lease);
        foreach (var step in handles.Chunk(MaxLocksPerCall))
        {
            var sentAt = time.GetTimestamp();
            var renewed = await ChangeAsync("renew_locks.sql", step, lease, cancel);
            foreach (var handle in step)
            {
                if (renewed.Contains(handle.OrderNo)) handle.Renewed(sentAt, lease);
                else handle.MarkLost();
            }
        }
    }

    public async Task<int> ReleaseAsync(IReadOnlyList<LockHandle> handles, CancellationToken cancel)
    {
        var released = 0;
        foreach (var step in handles.Chunk(MaxLocksPerCall)) released += (await ChangeAsync("release_locks.sql", step, TimeSpan.Zero, cancel)).Count;
        return handles.Count - released;
    }

    private Task<HashSet<string>> ChangeAsync(string file, LockHandle[] handles, TimeSpan lease, CancellationToken cancel) => database.WriteIndexAsync(async db =>
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        // What one call took has one token.
        foreach (var taken in handles.GroupBy(h => h.Token))
        {
            await using var command = db.Command(Sql(file),
                ("rows", SqlFile.Json(taken.Select(h => h.OrderNo))), ("token", taken.Key), ("lease", (long)lease.TotalMilliseconds), ("now", NowMs()));
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel)) changed.Add(reader.GetString(0));
        }
        return changed;
    }, cancel);

    private string Sql(string file) => SqlFile.Text(file, database.Provider);

    private long NowMs() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
