using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Orders;

/// <summary>Forgets answers that are older than <see cref="OrderOptions.IdempotencyRetention"/>.</summary>
public sealed class IdempotencyKeyPruner(OrderDatabase database, IOptions<OrderOptions> options, TimeProvider time)
{
    /// <returns>How many were forgotten.</returns>
    public Task<int> PruneAsync(CancellationToken cancel)
    {
        var oldest = time.GetUtcNow() - options.Value.IdempotencyRetention;
        return database.WriteAsync(db => db.IdempotencyKeys.Where(k => k.CreatedAt < oldest).ExecuteDeleteAsync(cancel), cancel);
    }
}
