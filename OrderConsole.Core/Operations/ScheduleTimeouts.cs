using OrderConsole.Core.Data;
using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Operations;

/// <summary>
/// Puts pending orders in the queue at their deadlines: those that it has lost, and those whose entries wait for another
/// moment. Targets are order numbers.
/// </summary>
public sealed class ScheduleTimeouts(OrderDatabase database, DriftReader drift, ITimeoutQueue queue, PollerWakeUp poller) : OperatorAction
{
    public const string ActionName = "schedule_timeouts";

    public override string Name => ActionName;
    public override int BatchSize => ITimeoutQueue.MaxEntriesPerCall;

    public override async Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel) =>
        [.. (await drift.LookAsync(targets, cancel)).Select(look => new ExaminedTarget(look.Name, null, Refusal(look)))];

    public override async Task DoAsync(ActionBatch batch, CancellationToken cancel)
    {
        var looks = (await drift.LookAsync([.. batch.Items.Select(i => i.Target)], cancel)).ToDictionary(l => l.Name, StringComparer.Ordinal);
        // An order that ends at this moment leaves an entry behind, which whoever claims it finds to be nothing to do.
        var found = looks.Values.Where(look => Refusal(look) is null).Select(look => new ScheduledTimeout(look.Name, look.Order!.Value.ExpiresAt)).ToArray();
        await queue.ScheduleAsync(found, cancel);
        if (found.Length > 0) poller.Ring(found.Min(f => f.DueAt));
        await database.WriteAsync(async db =>
        {
            await batch.RecordAsync(db, [.. batch.Items.Select(i => Refusal(looks[i.Target]) is { } code ? ItemOutcome.Refused(i, code) : ItemOutcome.Done(i))], cancel);
            return 0;
        }, cancel);
    }

    private static string? Refusal(DriftLook look) => look switch
    {
        { Order: null } => RefusalCodes.UnknownOrder,
        { Order.Status: not OrderStatus.Pending } => RefusalCodes.NotPending,
        { Drift: DriftClass.Lost or DriftClass.WrongDueTime } => null,
        _ => RefusalCodes.InQueueAlready,
    };
}
