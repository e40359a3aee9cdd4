using OrderConsole.Core.Diagnostics.WhyStillHere;

namespace OrderConsole.Tests.Diagnostics;

/// <summary>The table in docs/why.md and the decision are the same.</summary>
public sealed class WhyDecisionTests
{
    private static readonly Row[] Table = [.. Rows()];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Table.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_row_of_the_table_is_what_the_decision_says(int number)
    {
        var row = Table[number];
        var own = Situations().Where(s => Array.FindIndex(Table, r => r.Fits(s)) == number).ToList();

        own.ShouldNotBeEmpty($"{row.Verdict} stands behind rows that take all of it");
        foreach (var situation in own) WhyDecision.Decide(situation).ShouldBe(row.Verdict, situation.ToString());
        (WhyDecision.ActionOf(row.Verdict) ?? "").ShouldBe(row.Action ?? "");
    }

    [Fact]
    public void Every_situation_has_a_row_and_every_verdict_too()
    {
        Situations().Where(s => !Table.Any(r => r.Fits(s))).ShouldBeEmpty();
        Table.Select(r => r.Verdict).Distinct().ShouldBe(Enum.GetValues<Verdict>(), ignoreOrder: true);
    }

    private static IEnumerable<Situation> Situations() =>
        from order in Enum.GetValues<OrderPart>()
        from entry in Enum.GetValues<EntryPart>()
        from held in Enum.GetValues<LockPart>()
        from money in Enum.GetValues<MoneyPart>()
        from processing in Enum.GetValues<ProcessingPart>()
        from away in Enum.GetValues<AwayPart>()
        select new Situation(order, entry, held, money, processing, away);

    private static IEnumerable<Row> Rows()
    {
        var lines = File.ReadAllLines(Path.Combine(Conventions.Root, "docs", "why.md"));
        var head = Array.FindIndex(lines, l => l.StartsWith("| order | entry |", StringComparison.Ordinal));
        foreach (var line in lines.Skip(head + 2).TakeWhile(l => l.StartsWith('|')))
        {
            var cells = line.Trim('|').Split('|').Select(c => c.Trim()).ToArray();
            yield return new Row(
                Of<OrderPart>(cells[0]), Of<EntryPart>(cells[1]), Of<LockPart>(cells[2]), Of<MoneyPart>(cells[3]), Of<ProcessingPart>(cells[4]), Of<AwayPart>(cells[5]),
                Enum.Parse<Verdict>(cells[6].Trim('`')), cells[7] is "wait" or "look" ? null : cells[7].Trim('`'));
        }
    }

    private static T[] Of<T>(string cell) where T : struct, Enum => cell == "any" ? Enum.GetValues<T>() : [.. cell.Split(", ").Select(Enum.Parse<T>)];

    private sealed record Row(
        OrderPart[] Order, EntryPart[] Entry, LockPart[] Lock, MoneyPart[] Money, ProcessingPart[] Processing, AwayPart[] Away, Verdict Verdict, string? Action)
    {
        public bool Fits(Situation now) => Order.Contains(now.Order) && Entry.Contains(now.Entry) && Lock.Contains(now.Lock)
            && Money.Contains(now.Money) && Processing.Contains(now.Processing) && Away.Contains(now.Away);
    }
}
