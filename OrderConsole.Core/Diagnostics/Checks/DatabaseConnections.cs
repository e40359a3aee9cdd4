using OrderConsole.Core.Data;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>How many of the connections that PostgreSQL allows are taken. SQLite has none to run out of.</summary>
internal sealed class DatabaseConnections(OrderDatabase database) : DiagnosisCheck
{
    private const double Scarce = 0.80;

    public override string Name => "database_connections";
    public override bool Applies => !database.IsSqlite;

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var (used, limit) = await database.ReadRowsAsync("database_connections.sql", async reader =>
        {
            await reader.ReadAsync(cancel);
            return (Used: reader.GetInt64(0), Limit: reader.GetInt64(1));
        }, cancel);
        Fact[] facts = [Fact.Count("connections_used", used), Fact.Count("connections_allowed", limit)];
        return used <= limit * Scarce ? new(facts) : new(facts, Found("connections_scarce", Severity.Warning, facts) with { Amount = used });
    }
}
