using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Money that paid nothing and that nobody has decided about.</summary>
internal sealed class UndecidedPayments(OrderDatabase database) : DiagnosisCheck
{
    private static readonly TimeSpan TooLong = TimeSpan.FromDays(1);

    public override string Name => "late_payments";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var now = (await look.ClusterAsync()).At;
        var (count, first) = await database.ReadAsync(async db =>
        {
            var undecided = db.Payments.Where(p => p.Outcome != PaymentOutcome.Paid && p.Decision == null);
            return (await undecided.LongCountAsync(cancel),
                await undecided.OrderBy(p => p.ReceivedAt).Take(Finding.MostExamples).Select(p => new { p.PaymentId, p.ReceivedAt }).ToListAsync(cancel));
        });
        if (count == 0) return new([Fact.Count("undecided_payments", 0)]);
        Fact[] facts = [Fact.Count("undecided_payments", count), Fact.Span("longest_waiting", now - first[0].ReceivedAt)];
        return new(facts, Found("payments_undecided", now - first[0].ReceivedAt > TooLong ? Severity.Critical : Severity.Warning, facts)
            with { Amount = count, Examples = [.. first.Select(p => p.PaymentId)] });
    }
}
