using OrderConsole.Core.Data;
using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;

namespace OrderConsole.Core.Operations;

/// <summary>
/// Takes entries and dead letters out of the queue that no pending order stands behind: its order is paid, cancelled or
/// unknown, or the name is none that an order can have. Targets are names as the queue shows them.
/// </summary>
public sealed class RemoveEntries(OrderDatabase database, DriftReader drift, IQueueInspector inspector) : OperatorAction
{
    public const string ActionName = "remove_entries";

    public override string Name => ActionName;
    public override int BatchSize => ITimeoutQueue.MaxEntriesPerCall;

    public override async Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel) =>
        [.. (await drift.LookAsync(targets, cancel)).Select(look => new ExaminedTarget(look.Name, null, Refusal(look)))];

    public override async Task DoAsync(ActionBatch batch, CancellationToken cancel)
    {
        var looks = (await drift.LookAsync([.. batch.Items.Select(i => i.Target)], cancel)).ToDictionary(l => l.Name, StringComparer.Ordinal);
        var removed = (await inspector.RemoveAsync([.. looks.Values.Where(look => Refusal(look) is null).Select(look => look.Name)], cancel)).ToHashSet(StringComparer.Ordinal);
        await database.WriteAsync(async db =>
        {
            await batch.RecordAsync(db, [.. batch.Items.Select(i => removed.Contains(i.Target)
                ? ItemOutcome.Done(i) : ItemOutcome.Refused(i, Refusal(looks[i.Target]) ?? RefusalCodes.NotInQueue))], cancel);
            return 0;
        }, cancel);
    }

    private static string? Refusal(DriftLook look) => look switch
    {
        { Entry: null } => RefusalCodes.NotInQueue,
        { Entry.State: QueueState.Claimed } => RefusalCodes.ClaimedNow,
        { Order.Status: OrderStatus.Pending } => RefusalCodes.StillPending,
        _ => null,
    };
}
