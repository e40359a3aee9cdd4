using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;

namespace OrderConsole.Core.Operations;

/// <summary>
/// Takes entries and dead letters out of the queue that no pending order stands behind: its order is paid, cancelled or
/// unknown, or the name is none that an order can have. Targets are names as the queue shows them.
/// </summary>
public sealed class RemoveEntries(OrderDatabase database, DriftReader drift, IQueueInspector inspector) : EntryRepair(database, drift)
{
    public const string ActionName = "remove_entries";

    public override string Name => ActionName;
    public override string Permission => Permissions.Repair;
    public override int BatchSize => ITimeoutQueue.MaxEntriesPerCall;

    protected override Task<IReadOnlyList<string>> MendAsync(IReadOnlyList<DriftLook> looks, CancellationToken cancel) => inspector.RemoveAsync([.. looks.Select(look => look.Name)], cancel);

    protected override string? Refusal(DriftLook look) => look switch
    {
        { Entry: null } => RefusalCodes.NotInQueue,
        { Entry.State: QueueState.Claimed } => RefusalCodes.ClaimedNow,
        { Order.Status: OrderStatus.Pending } => RefusalCodes.StillPending,
        _ => null,
    };
}
