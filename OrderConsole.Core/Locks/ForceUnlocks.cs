using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Locks;

/// <summary>Which locks were taken from their holders, and which holders came back late.</summary>
public sealed class ForceUnlocks(OrderDatabase database, TimeoutMeters meters, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>The last ones of an order, latest first.</summary>
    public Task<List<ForceUnlockRow>> OfAsync(string orderNo, int most, CancellationToken cancel) => database.ReadAsync(db =>
        db.ForceUnlocks.Where(u => u.OrderNo == orderNo && u.RemovedAt != null).OrderByDescending(u => u.Id).Take(most).ToListAsync(cancel));

    /// <summary>Those whose holder came back since, latest first.</summary>
    public Task<List<ForceUnlockRow>> LateAsync(DateTimeOffset since, int most, CancellationToken cancel) => database.ReadAsync(db =>
        db.ForceUnlocks.Where(u => u.LateAt >= since).OrderByDescending(u => u.LateAt).Take(most).ToListAsync(cancel));

    /// <summary>Those of one operation whose holder came back, for its receipt.</summary>
    public Task<List<ForceUnlockRow>> LateOfAsync(long operationId, int most, CancellationToken cancel) => database.ReadAsync(db =>
        db.ForceUnlocks.Where(u => u.OperationId == operationId && u.LateAt != null).OrderBy(u => u.LateAt).Take(most).ToListAsync(cancel));

    /// <summary>Holders that found, too late or just in time, that their lock is not theirs any more. Those that nobody unlocked by force are not meant.</summary>
    /// <returns>How many there were.</returns>
    internal async Task<int> CameBackAsync(IReadOnlyList<LockHandle> handles, LateHolder what, CancellationToken cancel)
    {
        if (handles.Count == 0) return 0;
        var late = await database.WriteIndexAsync(async db =>
        {
            var rows = SqlFile.Json(handles, (json, handle) => { json.WriteStringValue(handle.OrderNo); json.WriteStringValue(handle.Token); });
            await using var command = db.Command(SqlFile.Text("late_holders.sql", database.Provider),
                ("rows", rows), ("at", time.GetUtcNow().ToUnixTimeMilliseconds()), ("node", Node.ThisProcess.Name), ("late", (int)what));
            return await command.ExecuteNonQueryAsync(cancel);
        }, cancel);
        if (what == LateHolder.CommitRefused) meters.Locks.LateRefused(late);
        return late;
    }

    public Task<int> PruneAsync(CancellationToken cancel)
    {
        var oldest = time.GetUtcNow() - Kept;
        return database.WriteIndexAsync(db => db.ForceUnlocks.Where(u => u.At < oldest).ExecuteDeleteAsync(cancel), cancel);
    }
}
