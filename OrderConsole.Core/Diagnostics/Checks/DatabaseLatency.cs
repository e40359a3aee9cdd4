using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Whether the database answers, and how soon.</summary>
internal sealed class DatabaseLatency(OrderDatabase database, TimeProvider time) : DiagnosisCheck
{
    private const int Reads = 3;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);

    public override string Name => "database_latency";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        try
        {
            // The first one may have to connect.
            await ReadAsync(cancel);
            var startedAt = time.GetTimestamp();
            for (var i = 0; i < Reads; i++) await ReadAsync(cancel);
            var mean = time.GetElapsedTime(startedAt) / Reads;
            Fact[] facts = [Fact.Span("database_latency", mean)];
            return mean <= Slow ? new(facts) : new(facts, Found("database_slow", Severity.Warning, facts) with { Amount = mean.TotalMilliseconds });
        }
        catch (StoreUnavailableException away)
        {
            return new([], Found("database_away", Severity.Critical, Fact.Words("reason", away.Message)));
        }
    }

    private Task<string?> ReadAsync(CancellationToken cancel) => database.ReadAsync(db => db.Nodes.Select(n => n.Name).FirstOrDefaultAsync(cancel));
}
