using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>How much is free where SQLite's file is; with PostgreSQL, where the console itself is.</summary>
internal sealed class DiskSpace(OrderDatabase database, IOptions<DiagnosisOptions> options) : DiagnosisCheck
{
    public override string Name => "disk_space";

    public override Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var folder = database.IsSqlite ? Path.GetDirectoryName(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource)! : AppContext.BaseDirectory;
        var disk = new DriveInfo(folder);
        var share = disk.AvailableFreeSpace / (double)Math.Max(1, disk.TotalSize);
        Fact[] facts = [Fact.Bytes("disk_free", disk.AvailableFreeSpace), Fact.Percent("disk_free_share", share), Fact.Words("folder", folder)];
        var least = options.Value.LeastFreeDisk;
        return Task.FromResult<CheckResult>(share >= least ? new(facts)
            : new(facts, Found("disk_low", share < least / 4 ? Severity.Critical : Severity.Warning, facts) with { Amount = 1 - share }));
    }
}
