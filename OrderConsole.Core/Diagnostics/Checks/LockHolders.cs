using OrderConsole.Core.Locks;
using OrderConsole.Core.Operations;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Locks whose console is gone, and locks that are held far longer than an order's work takes.</summary>
internal sealed class LockHolders(LockVerdicts verdicts, TimeProvider time) : DiagnosisCheck
{
    private const int MostTargets = 1_000;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1.5);

    public override string Name => "lock_holders";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var (isWhole, seen, orphaned, tooLong, startedAt) = (true, 0L, new List<JudgedLock>(), new List<JudgedLock>(), time.GetTimestamp());
        await foreach (var page in verdicts.WalkAsync(cancel))
        {
            seen += page.Count;
            orphaned.AddRange(page.Where(one => one.Verdict.Reasons.Contains(LockReason.OwnerSilent)));
            tooLong.AddRange(page.Where(one => !one.Verdict.Reasons.Contains(LockReason.OwnerSilent)
                && (one.Verdict.Reasons.Contains(LockReason.BeyondLongestHold) || one.Verdict.Reasons.Contains(LockReason.HeldLong))));
            isWhole = time.GetElapsedTime(startedAt) <= Budget;
            if (!isWhole) break;
        }
        var looked = Fact.Count("locks_seen", seen);
        Finding[] partly = isWhole ? [] : [Found("locks_partly", Severity.Notice, looked)];
        return new([looked, Fact.Count("orphaned_locks", orphaned.Count), Fact.Count("long_locks", tooLong.Count)],
            [.. FindingsOf("orphaned_locks", orphaned), .. FindingsOf("long_locks", tooLong), .. partly]) { IsPartial = !isWhole };
    }

    private IEnumerable<Finding> FindingsOf(string code, List<JudgedLock> found)
    {
        if (found.Count == 0) yield break;
        string[] removable = [.. found.Where(one => one.Verdict.CanBeCleaned && TargetReader.IsTarget(one.Lock.Name)).Select(one => one.Lock.Name).Take(MostTargets)];
        yield return Found(code, Severity.Warning, Fact.Count(code, found.Count), Fact.Span("longest_held", found.Max(one => one.Verdict.Held))) with
        {
            Amount = found.Count, AreOrders = true, Examples = [.. found.Select(one => one.Lock.OrderNo).Take(Finding.MostExamples)],
            Remedy = removable.Length == 0 ? null : new(CleanUpLocks.ActionName, TargetSelection.Of(removable)),
        };
    }
}
