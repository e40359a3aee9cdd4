using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Consoles that were there within the last hour and are silent. One that was stopped on purpose looks the same.</summary>
internal sealed class Heartbeats(OrderDatabase database) : DiagnosisCheck
{
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    public override string Name => "heartbeats";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var now = (await look.ClusterAsync()).At;
        var (from, until) = (now - Remembered, now - ClusterTotals.Silence);
        var silent = await database.ReadAsync(db => db.Nodes.Where(n => n.SeenAt > from && n.SeenAt <= until)
            .OrderByDescending(n => n.SeenAt).Select(n => new { n.Name, n.SeenAt }).ToListAsync(cancel));
        Fact[] facts = [Fact.Count("silent_nodes", silent.Count)];
        return silent.Count == 0 ? new(facts) : new(facts,
            Found("node_silent", Severity.Notice, facts[0], Fact.Span("last_heard", now - silent[0].SeenAt))
                with { Amount = silent.Count, Examples = [.. silent.Select(n => n.Name).Take(Finding.MostExamples)] });
    }
}
