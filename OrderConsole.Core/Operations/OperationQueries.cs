using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Operations;

public sealed record OperationPage(IReadOnlyList<Operation> Items, int Page, int PageSize, int Total);

public sealed record OperationItemPage(IReadOnlyList<OperationItem> Items, int Page, int PageSize, int Total);

/// <summary>What was prepared and done; receipts.</summary>
public sealed class OperationQueries(OrderDatabase database)
{
    public Task<Operation?> FindAsync(long id, CancellationToken cancel) => database.ReadAsync(db => db.Operations.SingleOrDefaultAsync(o => o.Id == id, cancel));

    /// <summary>Operations that were run, latest first.</summary>
    /// <param name="target">Only those with this target, or null.</param>
    public Task<OperationPage> PageAsync(string? target, int page, int pageSize, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        var run = db.Operations.Where(o => o.State != OperationState.Prepared);
        if (target is not null) run = run.Where(o => db.OperationItems.Where(i => i.Target == target).Select(i => i.OperationId).Contains(o.Id));
        return new OperationPage(await run.OrderByDescending(o => o.Id).Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancel), page, pageSize, await run.CountAsync(cancel));
    });

    /// <summary>An operation's targets in the order of the list.</summary>
    /// <param name="state">Only those in this state, or null.</param>
    public Task<OperationItemPage> ItemsAsync(long id, OperationItemState? state, int page, int pageSize, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        var items = db.OperationItems.Where(i => i.OperationId == id);
        if (state is not null) items = items.Where(i => i.State == state);
        return new OperationItemPage(await items.OrderBy(i => i.No).Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancel), page, pageSize, await items.CountAsync(cancel));
    });

    /// <summary>Why targets were refused or failed, and how many each.</summary>
    public Task<Dictionary<string, int>> CodesAsync(long id, CancellationToken cancel) => database.ReadAsync(db => db.OperationItems
        .Where(i => i.OperationId == id && i.Code != null).GroupBy(i => i.Code!).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel));
}
