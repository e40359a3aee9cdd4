using OrderConsole.Core.Data;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Orders that say two things at once: cancelled, and paid.</summary>
internal sealed class PaidAndCancelled(OrderDatabase database) : DiagnosisCheck
{
    public override string Name => "paid_and_cancelled";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var found = await database.ReadRowsAsync("paid_and_cancelled.sql", async reader =>
        {
            var numbers = new List<string>();
            while (await reader.ReadAsync(cancel)) numbers.Add(reader.GetString(0));
            return numbers;
        }, cancel);
        Fact[] facts = [Fact.Count("contradictory_orders", found.Count)];
        return found.Count == 0 ? new(facts) : new(facts,
            Found("paid_and_cancelled", Severity.Critical, facts) with { Amount = found.Count, AreOrders = true, Examples = [.. found.Take(Finding.MostExamples)] });
    }
}
