using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Operations;

/// <summary>What became of one item.</summary>
/// <param name="Before">What it was, for the audit; null when what the preview saw says it.</param>
/// <param name="After">What it is now, for the audit.</param>
public readonly record struct ItemOutcome(
    OperationItem Item, OperationItemState State, string? Code = null, string? Detail = null, string? Before = null, string? After = null)
{
    public static ItemOutcome Done(OperationItem item, string? detail = null, string? before = null, string? after = null) =>
        new(item, OperationItemState.Done, null, detail, before, after);
    public static ItemOutcome Refused(OperationItem item, string code, string? detail = null) => new(item, OperationItemState.Refused, code, detail);
    public static ItemOutcome Failed(OperationItem item, string detail) => new(item, OperationItemState.Failed, RefusalCodes.Failed, detail);
}

/// <summary>Another console does the operation now; what this one had begun is rolled back.</summary>
public sealed class OperationTakenOverException(long id) : Exception($"Operation {id} does not run on this console any more.");

/// <summary>Some items of a running operation, handed to its action.</summary>
public sealed class ActionBatch(
    OrderDatabase database, AuditLog audit, Operation operation, OperationParameters parameters, IReadOnlyList<OperationItem> items, TimeProvider time)
{
    public Operation Operation { get; } = operation;
    public OperationParameters Parameters { get; } = parameters;
    public IReadOnlyList<OperationItem> Items { get; } = items;
    public string Reason => Operation.Reason ?? "";

    public ActionBatch Part(IReadOnlyList<OperationItem> items) => new(database, audit, Operation, Parameters, items, time);

    /// <summary>Writes outcomes, and a row of the audit for each; called last within the transaction that made them.</summary>
    /// <exception cref="OperationTakenOverException">This console was taken for dead meanwhile; the transaction must not be committed.</exception>
    public async Task RecordAsync(OrdersDb db, IReadOnlyList<ItemOutcome> outcomes, CancellationToken cancel)
    {
        if (outcomes.Count == 0) return;
        var written = await WriteAsync(db, outcomes, cancel);
        int Count(OperationItemState state) => written.Count(o => o.State == state);
        var (done, refused, failed) = (Count(OperationItemState.Done), Count(OperationItemState.Refused), Count(OperationItemState.Failed));
        var own = await db.Operations
            .Where(o => o.Id == Operation.Id && o.State == OperationState.Running && o.Node == Node.ThisProcess.Name)
            .ExecuteUpdateAsync(set => set
                .SetProperty(o => o.Done, o => o.Done + done).SetProperty(o => o.Refused, o => o.Refused + refused).SetProperty(o => o.Failed, o => o.Failed + failed), cancel);
        if (own == 0) throw new OperationTakenOverException(Operation.Id);
        await audit.AppendAsync(db, Operation.Actor(), [.. written.Select(EntryOf)], cancel);
        FaultPoint.Reach("audited");
    }

    private AuditEntry EntryOf(ItemOutcome one) => new(Operation.Action, Outcomes[one.State], one.Item.Target)
    {
        Before = one.Before ?? (one.State == OperationItemState.Done && one.Item.Seen is { } seen ? $"seen {seen}" : null),
        After = one.After ?? one.Detail, Reason = Operation.Reason, Code = one.Code, OperationId = Operation.Id,
    };

    private static readonly Dictionary<OperationItemState, AuditOutcome> Outcomes = new()
    {
        [OperationItemState.Done] = AuditOutcome.Done, [OperationItemState.Refused] = AuditOutcome.Refused, [OperationItemState.Failed] = AuditOutcome.Failed,
    };

    private async Task<List<ItemOutcome>> WriteAsync(OrdersDb db, IReadOnlyList<ItemOutcome> outcomes, CancellationToken cancel)
    {
        var rows = SqlFile.Json(outcomes, (json, outcome) =>
        {
            json.WriteNumberValue(outcome.Item.No);
            json.WriteNumberValue((int)outcome.State);
            json.WriteStringValue(outcome.Code);
            json.WriteStringValue(outcome.Detail);
        });
        await using var command = db.Command(SqlFile.Text("record_outcomes.sql", database.Provider),
            ("rows", rows), ("operation", Operation.Id), ("at", time.GetUtcNow().ToUnixTimeMilliseconds()));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var written = new HashSet<int>(outcomes.Count);
        while (await reader.ReadAsync(cancel)) written.Add(reader.GetInt32(0));
        return [.. outcomes.Where(o => written.Contains(o.Item.No))];
    }
}
