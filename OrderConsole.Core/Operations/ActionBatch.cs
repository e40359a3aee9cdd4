using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Operations;

/// <summary>What became of one item.</summary>
public readonly record struct ItemOutcome(OperationItem Item, OperationItemState State, string? Code = null, string? Detail = null)
{
    public static ItemOutcome Done(OperationItem item, string? detail = null) => new(item, OperationItemState.Done, null, detail);
    public static ItemOutcome Refused(OperationItem item, string code, string? detail = null) => new(item, OperationItemState.Refused, code, detail);
    public static ItemOutcome Failed(OperationItem item, string detail) => new(item, OperationItemState.Failed, RefusalCodes.Failed, detail);
}

/// <summary>Some items of a running operation, handed to its action.</summary>
public sealed class ActionBatch(Operation operation, OperationParameters parameters, IReadOnlyList<OperationItem> items, TimeProvider time)
{
    public Operation Operation { get; } = operation;
    public OperationParameters Parameters { get; } = parameters;
    public IReadOnlyList<OperationItem> Items { get; } = items;
    public string Reason => Operation.Reason ?? "";

    public ActionBatch Part(IReadOnlyList<OperationItem> items) => new(Operation, Parameters, items, time);

    /// <summary>Writes outcomes; called within the transaction that made them.</summary>
    public async Task RecordAsync(OrdersDb db, IReadOnlyList<ItemOutcome> outcomes, CancellationToken cancel)
    {
        if (outcomes.Count == 0) return;
        var now = time.GetUtcNow();
        foreach (var same in outcomes.GroupBy(o => (o.State, o.Code, o.Detail)))
        {
            var numbers = same.Select(o => o.Item.No).ToArray();
            await db.OperationItems.Where(i => i.OperationId == Operation.Id && numbers.Contains(i.No) && i.State == OperationItemState.Allowed).ExecuteUpdateAsync(set => set
                .SetProperty(i => i.State, same.Key.State).SetProperty(i => i.Code, same.Key.Code)
                .SetProperty(i => i.Detail, same.Key.Detail).SetProperty(i => i.At, now), cancel);
        }
        var (done, refused, failed) = (Count(OperationItemState.Done), Count(OperationItemState.Refused), Count(OperationItemState.Failed));
        await db.Operations.Where(o => o.Id == Operation.Id).ExecuteUpdateAsync(set => set
            .SetProperty(o => o.Done, o => o.Done + done).SetProperty(o => o.Refused, o => o.Refused + refused).SetProperty(o => o.Failed, o => o.Failed + failed), cancel);

        int Count(OperationItemState state) => outcomes.Count(o => o.State == state);
    }
}
