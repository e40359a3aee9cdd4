using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Operations;

/// <summary>Forgets prepared operations that nobody ran within a day, and receipts older than <see cref="OperationOptions.Retention"/>.</summary>
public sealed class OperationPruner(OrderDatabase database, IOptions<OperationOptions> options, TimeProvider time)
{
    private const int OperationsAtOnce = 100;
    /// <summary>So that no delete holds SQLite's one writer up.</summary>
    private const int ItemsAtOnce = 2_000;
    // An operation that is about to be run at the end of its day has nothing taken away from it.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    /// <returns>How many operations were forgotten.</returns>
    public async Task<int> PruneAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (prepared, finished) = (now - OperationGate.PreparedFor - Margin, now - options.Value.Retention);
        for (var total = 0; ;)
        {
            var old = await database.ReadAsync(db => db.Operations
                .Where(o => (o.State == OperationState.Prepared && o.PreparedAt < prepared) || (o.State != OperationState.Prepared && o.FinishedAt < finished))
                .OrderBy(o => o.Id).Take(OperationsAtOnce).Select(o => new { o.Id, o.Total }).ToListAsync(cancel));
            foreach (var operation in old) await ForgetAsync(operation.Id, operation.Total, cancel);
            total += old.Count;
            if (old.Count < OperationsAtOnce) return total;
        }
    }

    private async Task ForgetAsync(long id, int total, CancellationToken cancel)
    {
        for (var last = ItemsAtOnce; last < total; last += ItemsAtOnce)
            await database.WriteAsync(db => db.OperationItems.Where(i => i.OperationId == id && i.No <= last).ExecuteDeleteAsync(cancel), cancel);
        // The last ones go with it, by the foreign key.
        await database.WriteAsync(db => db.Operations.Where(o => o.Id == id).ExecuteDeleteAsync(cancel), cancel);
    }
}
