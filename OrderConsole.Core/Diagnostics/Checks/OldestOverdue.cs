using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>How long the oldest overdue order has waited for its cancel.</summary>
internal sealed class OldestOverdue : DiagnosisCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30), VeryLate = TimeSpan.FromMinutes(5);

    public override string Name => "oldest_overdue";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var overdue = await look.OverdueAsync();
        var age = overdue.OldestDeadline is { } oldest ? (await look.ClusterAsync()).At - oldest : TimeSpan.Zero;
        Fact[] facts = [Fact.Count("overdue_orders", overdue.Count), Fact.Span("oldest_overdue", age > TimeSpan.Zero ? age : TimeSpan.Zero)];
        return age <= Late ? new(facts) : new(facts, Found("overdue_late", age > VeryLate ? Severity.Critical : Severity.Warning, facts) with
        {
            Amount = overdue.Count, Remedy = new(CancelOrders.ActionName, TargetSelection.All(new OrderFilter { Overdue = true })),
        });
    }
}
