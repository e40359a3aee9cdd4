using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Operations;

/// <summary>
/// Puts pending orders back in the queue: a dead letter or an entry that waits for its next try becomes due now with its
/// counts forgotten, an order that the queue has lost is scheduled at its deadline. Targets are order numbers.
/// </summary>
/// <remarks>
/// The queue may be another store than the record. A console that dies between the two leaves items that are done and
/// not recorded; whoever goes on finds them in the queue and says so: <see cref="RefusalCodes.InQueueAlready"/>.
/// </remarks>
public sealed class RequeueTimeouts(OrderDatabase database, OverdueOrderReader orders, ITimeoutQueue queue, IQueueInspector inspector, PollerWakeUp poller) : OperatorAction
{
    public const string ActionName = "requeue_timeouts";

    public override string Name => ActionName;
    public override string Permission => Permissions.Requeue;
    public override int BatchSize => ITimeoutQueue.MaxEntriesPerCall;

    public override async Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel)
    {
        var facts = await orders.FactsAsync(targets, cancel);
        var pending = targets.Where(no => IsPending(no, facts)).ToArray();
        var waiting = (await inspector.FindRequeueableAsync(pending, cancel)).Concat(await inspector.FindMissingAsync(pending, cancel)).ToHashSet(StringComparer.Ordinal);
        // What was seen is not held against it: a lock held once more has changed nothing that matters here.
        return [.. targets.Select(no => new ExaminedTarget(no, null, PendingOrders.Examine(no, facts).Refused ?? (waiting.Contains(no) ? null : RefusalCodes.InQueueAlready)))];
    }

    public override async Task DoAsync(ActionBatch batch, CancellationToken cancel)
    {
        string[] targets = [.. batch.Items.Select(i => i.Target)];
        var facts = await orders.FactsAsync(targets, cancel);
        var pending = targets.Where(no => IsPending(no, facts)).ToArray();
        var requeued = (await inspector.RequeueAsync(pending, cancel)).ToHashSet(StringComparer.Ordinal);
        var missing = await inspector.FindMissingAsync([.. pending.Where(no => !requeued.Contains(no))], cancel);
        // An entry leaves the queue after its order's commit: only one that is pending still is really lost.
        if (missing.Count > 0) foreach (var (no, fact) in await orders.FactsAsync(missing, cancel)) facts[no] = fact;
        var lost = missing.Where(no => IsPending(no, facts)).ToHashSet(StringComparer.Ordinal);
        await queue.ScheduleAsync([.. lost.Select(no => new ScheduledTimeout(no, facts[no].ExpiresAt))], cancel);
        FaultPoint.Reach("requeued");
        if (requeued.Count + lost.Count > 0) poller.Ring(DateTimeOffset.MinValue);
        await database.WriteAsync(async db =>
        {
            await batch.RecordAsync(db, [.. batch.Items.Select(i => requeued.Contains(i.Target) || lost.Contains(i.Target)
                ? ItemOutcome.Done(i, before: lost.Contains(i.Target) ? "lost" : "waiting or dead", after: "in the queue") : ItemOutcome.Refused(i, PendingOrders.Refusal(i, facts) ?? RefusalCodes.InQueueAlready))], cancel);
            return 0;
        }, cancel);
    }

    private static bool IsPending(string no, Dictionary<string, OrderFacts> facts) => facts.TryGetValue(no, out var found) && found.Status == OrderStatus.Pending;
}
