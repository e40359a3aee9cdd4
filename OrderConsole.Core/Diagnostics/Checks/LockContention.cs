using OrderConsole.Core.Locks;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>How many tries for a lock are wasted today for each order that is cancelled.</summary>
internal sealed class LockContention(LockNumbers numbers, TimeProvider time) : DiagnosisCheck
{
    private const long Few = 50;
    private const double High = 0.5;

    public override string Name => "contention";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var today = await numbers.ReadAsync(time.GetUtcNow(), cancel);
        Fact[] facts = [Fact.Ratio("wasted_per_order", today.WastedPerCancelled), Fact.Count("locks_lost", today.Total.Lost), Fact.Count("lock_attempts", today.Total.Attempts)];
        return today.Total.Lost < Few || today.WastedPerCancelled <= High ? new(facts) : new(facts,
            Found("contention_high", Severity.Warning, facts) with
            {
                Amount = today.WastedPerCancelled, AreOrders = true, Examples = [.. today.Hottest.Select(h => h.OrderNo).Take(Finding.MostExamples)],
            });
    }
}
