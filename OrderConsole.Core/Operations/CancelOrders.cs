using System.Globalization;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Operations;

/// <summary>Cancels pending orders now, by the same conditional write as an overdue one. Targets are order numbers.</summary>
public sealed class CancelOrders(OverdueOrderReader orders, OrderCanceller canceller, DeadlineScheduler deadlines) : OperatorAction
{
    public const string ActionName = "cancel_orders";

    public override string Name => ActionName;

    public override async Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel)
    {
        var facts = await orders.FactsAsync(targets, cancel);
        return [.. targets.Select(no => !facts.TryGetValue(no, out var found) ? new ExaminedTarget(no, null, RefusalCodes.UnknownOrder)
            : found.Status != OrderStatus.Pending ? new ExaminedTarget(no, null, RefusalCodes.NotPending)
            : new ExaminedTarget(no, found.Version.ToString(CultureInfo.InvariantCulture), null))];
    }

    public override async Task DoAsync(ActionBatch batch, CancellationToken cancel)
    {
        var facts = await orders.FactsAsync([.. batch.Items.Select(i => i.Target)], cancel);
        var wanted = batch.Items.Where(i => facts.ContainsKey(i.Target)).ToDictionary(i => facts[i.Target].OrderId);
        var going = wanted.Select(w => new CancelTarget(w.Key, long.Parse(w.Value.Seen!, CultureInfo.InvariantCulture), batch.Reason)).ToArray();
        var done = new HashSet<OperationItem>();
        await canceller.CancelAsync(going, batch.Reason, cancel, async (db, cancelled) =>
        {
            done = [.. cancelled.Select(id => wanted[id])];
            await batch.RecordAsync(db, [.. batch.Items.Select(i => done.Contains(i) ? ItemOutcome.Done(i) : ItemOutcome.Refused(i, CodeOf(facts, i)))], cancel);
        });
        foreach (var item in done) deadlines.Unschedule(item.Target);
    }

    // What changed since the preview, when it was not paid or cancelled, was extended.
    private static string CodeOf(Dictionary<string, OrderFacts> facts, OperationItem item) => !facts.TryGetValue(item.Target, out var found) ? RefusalCodes.UnknownOrder
        : found.Status != OrderStatus.Pending ? RefusalCodes.NotPending
        : RefusalCodes.ChangedSincePreview;
}
