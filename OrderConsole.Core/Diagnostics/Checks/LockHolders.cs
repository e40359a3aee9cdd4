using Microsoft.Extensions.Options;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Locks whose console is gone, and locks that are held far longer than an order's work takes.</summary>
internal sealed class LockHolders(ILockInspector locks, IOptions<TimeoutOptions> options, TimeProvider time) : DiagnosisCheck
{
    private const int Leases = 4;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1.5), Shortest = TimeSpan.FromMinutes(2);

    public override string Name => "lock_holders";

    private TimeSpan Longest => options.Value.Lease * Leases is var leases && leases > Shortest ? leases : Shortest;

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var alive = (await look.ClusterAsync()).Nodes.Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        var (seen, orphaned, tooLong, startedAt) = (0L, new List<LockInfo>(), new List<LockInfo>(), time.GetTimestamp());
        await foreach (var page in locks.WalkAsync(cancel))
        {
            seen += page.Count;
            orphaned.AddRange(page.Where(held => held.Owner is { } owner && !alive.Contains(owner)));
            tooLong.AddRange(page.Where(held => held.Owner is { } owner && alive.Contains(owner) && time.GetUtcNow() - held.AcquiredAt > Longest));
            if (time.GetElapsedTime(startedAt) > Budget) break;
        }
        return new([Fact.Count("locks_seen", seen), Fact.Count("orphaned_locks", orphaned.Count), Fact.Count("long_locks", tooLong.Count)],
            [.. FindingsOf("orphaned_locks", orphaned), .. FindingsOf("long_locks", tooLong)]);
    }

    private IEnumerable<Finding> FindingsOf(string code, List<LockInfo> found)
    {
        if (found.Count == 0) yield break;
        var longest = found.Max(held => time.GetUtcNow() - held.AcquiredAt);
        yield return Found(code, Severity.Warning, Fact.Count(code, found.Count), Fact.Span("longest_held", longest)) with
        {
            Amount = found.Count, AreOrders = true, Examples = [.. found.Select(held => held.OrderNo).Take(Finding.MostExamples)],
        };
    }
}
