using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Whether the database's tables are those that this version of the console knows.</summary>
internal sealed class Migrations(OrderDatabase database) : DiagnosisCheck
{
    public override string Name => "database_schema";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var (known, applied) = await database.ReadAsync(async db => (db.Database.GetMigrations().ToArray(), (await db.Database.GetAppliedMigrationsAsync(cancel)).ToArray()));
        var (pending, newer) = (known.Except(applied).ToArray(), applied.Except(known).ToArray());
        Fact[] facts = [Fact.Words("schema_version", applied.LastOrDefault())];
        return new(facts,
        [
            .. pending.Length == 0 ? [] : new[] { Found("schema_old", Severity.Critical, Fact.Count("missing_changes", pending.Length), facts[0]) with { Amount = pending.Length, Examples = [.. pending.Take(Finding.MostExamples)] } },
            .. newer.Length == 0 ? [] : new[] { Found("schema_newer", Severity.Warning, Fact.Count("unknown_changes", newer.Length), facts[0]) with { Amount = newer.Length, Examples = [.. newer.Take(Finding.MostExamples)] } },
        ]);
    }
}
