using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Audit;

/// <summary>Which rows are meant; null does not narrow.</summary>
/// <param name="Who">Exactly this name.</param>
/// <param name="Target">Exactly this target.</param>
public sealed record AuditFilter(
    string? Who = null, string? Action = null, string? Target = null, AuditOutcome? Outcome = null, DateTimeOffset? From = null, DateTimeOffset? To = null, long? OperationId = null);

/// <param name="TotalIsExact">False: there are more than <paramref name="Total"/>.</param>
public sealed record AuditPage(IReadOnlyList<AuditRow> Items, int Page, int PageSize, int Total, bool TotalIsExact);

/// <summary>Reads the audit, latest first.</summary>
public sealed class AuditQueries(OrderDatabase database)
{
    /// <summary>Beyond this nobody counts.</summary>
    public const int MostCounted = 100_000;

    public Task<AuditPage> PageAsync(AuditFilter filter, int page, int pageSize, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        var rows = Rows(db, filter);
        var items = await rows.OrderByDescending(r => r.Seq).Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancel);
        var total = await rows.Take(MostCounted + 1).CountAsync(cancel);
        return new AuditPage(items, page, pageSize, Math.Min(total, MostCounted), total <= MostCounted);
    });

    /// <summary>The rows before one, latest first: for exports, which read all pages.</summary>
    public Task<List<AuditRow>> BeforeAsync(AuditFilter filter, long before, int count, CancellationToken cancel) => database.ReadAsync(db =>
        Rows(db, filter).Where(r => r.Seq < before).OrderByDescending(r => r.Seq).Take(count).ToListAsync(cancel));

    /// <summary>The actions of the latest <see cref="MostCounted"/> rows, by name: for a list to choose from.</summary>
    public Task<List<string>> ActionsAsync(CancellationToken cancel) => database.ReadAsync(db =>
        db.Audit.OrderByDescending(r => r.Seq).Take(MostCounted).Select(r => r.Action).Distinct().OrderBy(a => a).ToListAsync(cancel));

    private static IQueryable<AuditRow> Rows(OrdersDb db, AuditFilter filter)
    {
        IQueryable<AuditRow> rows = db.Audit;
        if (filter.Who is { } who) rows = rows.Where(r => r.Who == who);
        if (filter.Action is { } action) rows = rows.Where(r => r.Action == action);
        if (filter.Target is { } target) rows = rows.Where(r => r.Target == target);
        if (filter.Outcome is { } outcome) rows = rows.Where(r => r.Outcome == outcome);
        if (filter.From is { } from) rows = rows.Where(r => r.At >= from);
        if (filter.To is { } to) rows = rows.Where(r => r.At < to);
        if (filter.OperationId is { } operation) rows = rows.Where(r => r.OperationId == operation);
        return rows;
    }
}
