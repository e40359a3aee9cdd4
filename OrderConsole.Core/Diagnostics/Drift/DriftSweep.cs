using Microsoft.Extensions.Options;
using OrderConsole.Core.Operations;

namespace OrderConsole.Core.Diagnostics.Drift;

/// <summary>What a sweep found at its first look, and the operations that mended it; each has its receipt.</summary>
/// <param name="Mended">Targets that are mended, over all operations.</param>
public sealed record SweepResult(DriftReport Found, IReadOnlyList<Operation> Operations, int Mended);

/// <summary>
/// Mends what can be mended without a person (<see cref="DriftRepairs.IsSwept"/>), through the gate like everything: for
/// the recurring job. What is mended while it runs by somebody else, or by another console's sweep, is refused, not done twice.
/// </summary>
public sealed class DriftSweep(DriftReader reader, OperationGate gate, IOptions<OperationOptions> options)
{
    private const int MostRounds = 20;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    /// <param name="soFar">Hears how many targets are mended, and how many differences the first look found.</param>
    /// <exception cref="OperationRefusedException">This console is read-only.</exception>
    public async Task<SweepResult> RunAsync(string reason, Operator by, CancellationToken cancel, Action<int, long>? soFar = null)
    {
        var (operations, report) = (new List<Operation>(), await reader.ReadAsync(Budget, cancel));
        var (first, doneBefore) = (report, -1);
        for (var round = 1; round <= MostRounds && operations.Sum(o => o.Done) > doneBefore; round++)
        {
            doneBefore = operations.Sum(o => o.Done);
            foreach (var finding in report.Findings)
            {
                soFar?.Invoke(operations.Sum(o => o.Done), first.Total);
                operations.AddRange(await MendAsync(finding, reason, by, cancel));
            }
            // The rows of a class are only its first ones, and a look that was not whole has not seen all.
            if (report.IsWhole && report.Findings.All(f => f.Rows.Count == f.Count)) break;
            report = await reader.ReadAsync(Budget, cancel);
        }
        return new SweepResult(first, operations, operations.Sum(o => o.Done));
    }

    private async Task<List<Operation>> MendAsync(DriftFinding finding, string reason, Operator by, CancellationToken cancel)
    {
        var done = new List<Operation>();
        if (!DriftRepairs.IsSwept(finding.Class)) return done;
        // A lock's key can hold what no request can name; that one is left to its own program.
        foreach (var part in finding.Rows.Select(row => row.Name).Where(TargetReader.IsTarget).Chunk(options.Value.MaxTargets))
        {
            var prepared = await gate.PrepareAsync(DriftRepairs.ActionOf(finding.Class), TargetSelection.Of(part), OperationParameters.None, by, cancel);
            if (prepared.Left == 0) continue;
            done.Add(await gate.RunToEndAsync(prepared.Id, reason, by, cancel));
        }
        return done;
    }
}
