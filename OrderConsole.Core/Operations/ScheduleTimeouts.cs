using OrderConsole.Core.Access;
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
public sealed class ScheduleTimeouts(OrderDatabase database, DriftReader drift, ITimeoutQueue queue, PollerWakeUp poller) : EntryRepair(database, drift)
{
    public const string ActionName = "schedule_timeouts";

    public override string Name => ActionName;
    public override string Permission => Permissions.Repair;
    public override int BatchSize => ITimeoutQueue.MaxEntriesPerCall;

    protected override async Task<IReadOnlyList<string>> MendAsync(IReadOnlyList<DriftLook> looks, CancellationToken cancel)
    {
        if (looks.Count == 0) return [];
        // An order that ends at this moment leaves an entry behind, which whoever claims it finds to be nothing to do.
        ScheduledTimeout[] found = [.. looks.Select(look => new ScheduledTimeout(look.Name, look.Order!.Value.ExpiresAt))];
        await queue.ScheduleAsync(found, cancel);
        poller.Ring(found.Min(f => f.DueAt));
        return [.. looks.Select(look => look.Name)];
    }

    protected override string? Refusal(DriftLook look) => look switch
    {
        { Order: null } => RefusalCodes.UnknownOrder,
        { Order.Status: not OrderStatus.Pending } => RefusalCodes.NotPending,
        { Drift: DriftClass.Lost or DriftClass.WrongDueTime } => null,
        _ => RefusalCodes.InQueueAlready,
    };
}
