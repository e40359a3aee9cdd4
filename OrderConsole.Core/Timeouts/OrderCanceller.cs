using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Timeouts;

/// <summary>An order to cancel, as it was when that was decided.</summary>
/// <param name="Version">The version that was read; a row that has moved on since is left alone.</param>
/// <param name="Detail">What the order's timeline shall say.</param>
public readonly record struct CancelTarget(long OrderId, long Version, string? Detail);

/// <summary>
/// The one writer of "cancelled". The row decides: only an order that is still pending, at the version that was read, is
/// changed, and its stock goes back in the same transaction.
/// </summary>
public sealed class OrderCanceller(OrderDatabase database, TimeProvider time)
{
    /// <summary>Cancels those of the batch that are still as they were read, all in one transaction.</summary>
    /// <param name="targets">1 to 1,000.</param>
    /// <param name="reason">For the order's row, at most 200 characters.</param>
    /// <param name="cancel">Also cancelled when the right to the work is lost; nothing is written then.</param>
    /// <param name="alsoWrite">Called within the transaction with the ids of the orders that it cancels.</param>
    /// <returns>The ids of the orders that this call cancelled.</returns>
    public async Task<IReadOnlyList<long>> CancelAsync(
        IReadOnlyList<CancelTarget> targets, string reason, CancellationToken cancel, Func<OrdersDb, IReadOnlyList<long>, Task>? alsoWrite = null)
    {
        var cancelled = await database.WriteAsync(async db =>
        {
            var changed = database.IsSqlite ? await OnSqliteAsync(db, targets, reason, cancel) : await OnPostgresAsync(db, targets, reason, cancel);
            if (alsoWrite is not null) await alsoWrite(db, changed);
            FaultPoint.Reach("updated");
            return changed;
        }, cancel);
        FaultPoint.Reach("committed");
        return cancelled;
    }

    private async Task<List<long>> OnPostgresAsync(OrdersDb db, IReadOnlyList<CancelTarget> targets, string reason, CancellationToken cancel) =>
        await ChangedAsync(db, "cancel_orders.postgres.sql", SqlFile.Json(InOrder(targets), (json, target) =>
        {
            json.WriteNumberValue(target.OrderId);
            json.WriteNumberValue(target.Version);
            json.WriteStringValue(target.Detail);
        }), NowMs(), reason, cancel);

    private async Task<List<long>> OnSqliteAsync(OrdersDb db, IReadOnlyList<CancelTarget> targets, string reason, CancellationToken cancel)
    {
        var now = NowMs();
        var cancelled = await ChangedAsync(db, "cancel_orders.sqlite.sql", SqlFile.Json(InOrder(targets), (json, target) =>
        {
            json.WriteNumberValue(target.OrderId);
            json.WriteNumberValue(target.Version);
        }), now, reason, cancel);
        if (cancelled.Count == 0) return cancelled;
        var changed = cancelled.Count == targets.Count ? targets : [.. targets.IntersectBy(cancelled, t => t.OrderId)];
        var events = SqlFile.Json(InOrder(changed), (json, target) =>
        {
            json.WriteNumberValue(target.OrderId);
            json.WriteNumberValue(target.Version + 1);
            json.WriteStringValue(target.Detail);
        });
        await using var command = db.Command(SqlFile.Text("return_stock.sqlite.sql", database.Provider),
            ("ids", SqlFile.Json(InOrder(changed).Select(t => t.OrderId))), ("rows", events), ("at", now), ("node", Node.ThisProcess.Name));
        await command.ExecuteNonQueryAsync(cancel);
        return cancelled;
    }

    private async Task<List<long>> ChangedAsync(OrdersDb db, string file, string rows, long now, string reason, CancellationToken cancel)
    {
        await using var command = db.Command(SqlFile.Text(file, database.Provider),
            ("rows", rows), ("at", now), ("reason", reason), ("node", Node.ThisProcess.Name));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var ids = new List<long>();
        while (await reader.ReadAsync(cancel)) ids.Add(reader.GetInt64(0));
        return ids;
    }

    private static IEnumerable<CancelTarget> InOrder(IReadOnlyList<CancelTarget> targets) => targets.OrderBy(t => t.OrderId);

    private long NowMs() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
