using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Diagnostics;

/// <summary>Keeps reports, as many and as long as the settings say.</summary>
public sealed class DiagnosisStore(OrderDatabase database, IOptions<DiagnosisOptions> options)
{
    public async Task<DiagnosisReport?> LatestAsync(CancellationToken cancel) => Read(await database.ReadAsync(db => db.DiagnosisReports.OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancel)));

    public async Task<DiagnosisReport?> FindAsync(long id, CancellationToken cancel) => Read(await database.ReadAsync(db => db.DiagnosisReports.SingleOrDefaultAsync(r => r.Id == id, cancel)));

    /// <summary>A page, latest first.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">1 to 200.</param>
    public Task<DiagnosisList> PageAsync(int page, int pageSize, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        var items = await db.DiagnosisReports.OrderByDescending(r => r.Id).Skip((page - 1) * pageSize).Take(pageSize)
            .Select(r => new DiagnosisSummary(r.Id, r.At, r.Trigger, r.Severity, r.Score, r.Critical, r.Warnings, r.Notices, r.Milliseconds)).ToListAsync(cancel);
        return new DiagnosisList(items, page, pageSize, await db.DiagnosisReports.CountAsync(cancel));
    });

    /// <summary>Keeps it and forgets what is too old or too many.</summary>
    /// <returns>The report with its id.</returns>
    internal Task<DiagnosisReport> SaveAsync(DiagnosisReport report, CancellationToken cancel) => database.WriteAsync(async db =>
    {
        var row = new DiagnosisRow
        {
            At = report.At, Trigger = report.Trigger, Severity = report.Severity, Score = report.Score, Milliseconds = report.Milliseconds,
            Critical = report.Count(Severity.Critical), Warnings = report.Count(Severity.Warning), Notices = report.Count(Severity.Notice),
            Report = report.ToJson(),
        };
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        var oldest = report.At - options.Value.Retention;
        var first = await db.DiagnosisReports.OrderByDescending(r => r.Id).Skip(options.Value.MaxReports).Select(r => (long?)r.Id).FirstOrDefaultAsync(cancel) ?? 0;
        await db.DiagnosisReports.Where(r => r.Id != row.Id && (r.At < oldest || r.Id <= first)).ExecuteDeleteAsync(cancel);
        return report with { Id = row.Id };
    }, cancel);

    private static DiagnosisReport? Read(DiagnosisRow? row) => row is null ? null : DiagnosisReport.Parse(row.Report) with { Id = row.Id };
}
