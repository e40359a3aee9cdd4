using System.Globalization;
using OrderConsole.Core.Access;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Operations;

/// <summary>Cancels pending orders now, by the same conditional write as an overdue one. Targets are order numbers.</summary>
public sealed class CancelOrders(OverdueOrderReader orders, OrderCanceller canceller, DeadlineScheduler deadlines) : OperatorAction
{
    public const string ActionName = "cancel_orders";

    public override string Name => ActionName;
    public override string Permission => Permissions.Cancel;
    public override bool TakesTwoForMany => true;

    public override async Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel)
    {
        var facts = await orders.FactsAsync(targets, cancel);
        return [.. targets.Select(no => PendingOrders.Examine(no, facts))];
    }

    public override async Task DoAsync(ActionBatch batch, CancellationToken cancel)
    {
        // Who saw no preview means the order as it is: when somebody was quicker, it is looked at again.
        for (var left = batch.Items; left.Count > 0;) left = await DoOnceAsync(batch.Part(left), cancel);
        await deadlines.SettleAsync(cancel);
    }

    /// <returns>Items that changed between the look and the deed, and that no preview had shown.</returns>
    private async Task<IReadOnlyList<OperationItem>> DoOnceAsync(ActionBatch batch, CancellationToken cancel)
    {
        var facts = await orders.FactsAsync([.. batch.Items.Select(i => i.Target)], cancel);
        var wanted = batch.Items.Where(i => facts.ContainsKey(i.Target)).ToDictionary(i => facts[i.Target].OrderId);
        var going = wanted.Select(w => new CancelTarget(w.Key, VersionOf(w.Value, facts), batch.Reason)).ToArray();
        var (done, again) = (new HashSet<OperationItem>(), new List<OperationItem>());
        await canceller.CancelAsync(going, batch.Reason, cancel, async (db, cancelled) =>
        {
            done = [.. cancelled.Select(id => wanted[id])];
            again = [.. batch.Items.Where(i => !done.Contains(i) && i.Seen is null && PendingOrders.Refusal(i, facts) is null)];
            await batch.RecordAsync(db, [.. batch.Items.Except(again).Select(i => done.Contains(i)
                ? ItemOutcome.Done(i, before: "pending", after: "cancelled") : ItemOutcome.Refused(i, PendingOrders.Refusal(i, facts) ?? RefusalCodes.ChangedSincePreview))], cancel);
        });
        foreach (var item in done) deadlines.Unschedule(item.Target);
        return again;
    }

    private static long VersionOf(OperationItem item, Dictionary<string, OrderFacts> facts) =>
        item.Seen is null ? facts[item.Target].Version : long.Parse(item.Seen, CultureInfo.InvariantCulture);
}
