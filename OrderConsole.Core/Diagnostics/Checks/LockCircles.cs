using OrderConsole.Core.Locks;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Callers that wait for one another's locks in a circle, now or within the last hour.</summary>
internal sealed class LockCircles(LockWaits waits, LockCycles cycles, TimeProvider time) : DiagnosisCheck
{
    private const int MostWaiters = 1_000;
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    public override string Name => "lock_waits";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var waiting = await waits.WaitingAsync(MostWaiters, cancel);
        var open = await waits.CyclesAsync(cancel);
        var since = time.GetUtcNow() - Lately;
        var (ended, count) = (await cycles.SinceAsync(since, Finding.MostExamples, cancel), await cycles.CountSinceAsync(since, cancel));
        Fact[] facts = [Fact.Count("lock_cycles", count + open.Count), Fact.Count("lock_cycles_open", open.Count), Fact.Count("lock_waiters", waiting.Count)];
        return open.Count + count == 0 ? new(facts) : new(facts, Found("lock_cycles", Severity.Warning, facts) with
        {
            Amount = open.Count + count, Examples = [.. open.Concat(ended.Select(c => c.Members)).Take(Finding.MostExamples).Select(LineOf)],
        });
    }

    private static string LineOf(IReadOnlyList<WaitCycleMember> circle) => string.Join("; ", circle.Select(m => $"{m.Owner}: {m.Holds} → {m.WaitsFor}"));
}
