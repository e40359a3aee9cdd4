using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Operations;

/// <summary>
/// The one way to every operator action, from a page or from the API: allowed? preview, reason, do, record, result.
/// A preview freezes its list; a run does exactly that list, once, however often it is asked for. What takes two people
/// waits for the second one at <see cref="OperationApprovals"/>.
/// </summary>
public sealed class OperationGate(
    OrderDatabase database, IEnumerable<OperatorAction> actions, TargetReader targets, OperationRunner runner,
    OperationGuard guard, AuditLog audit, IOptions<OperationOptions> options, TimeProvider time)
{
    public const int MaxReasonLength = 200;
    private const int ItemsAtOnce = 1_000;

    /// <summary>How long a prepared operation can be run.</summary>
    internal static readonly TimeSpan PreparedFor = TimeSpan.FromDays(1);

    private readonly Dictionary<string, OperatorAction> _actions = actions.ToDictionary(a => a.Name, StringComparer.Ordinal);

    /// <summary>Reads what is selected, asks the action about each target, and freezes the answer as a prepared operation.</summary>
    /// <exception cref="OperationRefusedException">Read-only, not allowed, nothing selected, or too much.</exception>
    /// <exception cref="InvalidInputException">Unknown action, or a parameter is out of range.</exception>
    public async Task<Operation> PrepareAsync(string action, TargetSelection selection, OperationParameters parameters, Operator by, CancellationToken cancel)
    {
        var how = Known(action);
        var actor = await guard.DemandAsync(by, how.Permission, new(action, AuditOutcome.Denied, TargetOf(selection)), cancel);
        how.Check(parameters);
        var list = await targets.ReadAsync(selection, options.Value.MaxTargets, cancel);
        var examined = new List<ExaminedTarget>(list.Count);
        foreach (var part in list.Chunk(ItemsAtOnce)) examined.AddRange(await how.ExamineAsync(part, parameters, cancel));
        return await SaveAsync(how, examined, selection, parameters, by, actor, reason: null, cancel);
    }

    /// <summary>Starts a prepared operation, or has it wait for a second person. Asked for again, it changes nothing and says how the first run stands.</summary>
    /// <returns>The operation, running, waiting or over; follow it with <see cref="OperationRunner.FollowAsync"/>.</returns>
    /// <exception cref="OperationRefusedException">Read-only, not allowed, or there is no such operation (any more: one that nobody runs within a day is forgotten).</exception>
    /// <exception cref="InvalidInputException">No reason, or too long a one.</exception>
    public async Task<Operation> RunAsync(long id, string? reason, Operator by, CancellationToken cancel)
    {
        var why = CheckedReason(reason);
        var prepared = await FindAsync(id, cancel) ?? throw (options.Value.ReadOnly ? OperationGuard.ReadOnly() : Unknown(id));
        var how = Known(prepared.Action);
        var actor = await guard.DemandAsync(by, how.Permission, prepared.ForAudit(AuditOutcome.Denied) with { Reason = why }, cancel);
        var now = time.GetUtcNow();
        var waits = TakesTwo(how, prepared, by);
        var started = await database.WriteAsync(async db =>
        {
            var own = await db.Operations
                .Where(o => o.Id == id && o.State == OperationState.Prepared && o.PreparedAt > now - PreparedFor)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(o => o.State, waits ? OperationState.Waiting : OperationState.Running)
                    .SetProperty(o => o.StartedAt, waits ? null : now).SetProperty(o => o.AskedAt, waits ? now : null)
                    .SetProperty(o => o.Reason, why).SetProperty(o => o.Node, waits ? null : Node.ThisProcess.Name)
                    .SetProperty(o => o.By, by.Name).SetProperty(o => o.Source, by.Source).SetProperty(o => o.Address, by.Address)
                    .SetProperty(o => o.UserId, by.UserId).SetProperty(o => o.KeyId, by.KeyId).SetProperty(o => o.Session, by.Session).SetProperty(o => o.Role, actor.Role), cancel);
            if (own > 0) await audit.AppendAsync(db, actor, prepared.ForAudit(waits ? AuditOutcome.Asked : AuditOutcome.Started) with { Reason = why }, cancel);
            return own;
        }, cancel);
        if (started > 0 && !waits) runner.Start(id);
        return await database.ReadAsync(db => db.Operations.SingleOrDefaultAsync(o => o.Id == id && o.State != OperationState.Prepared, cancel)) ?? throw Unknown(id);
    }

    /// <summary>The same, and waits until it is finished, here or on whichever console goes on with it; not for a second person.</summary>
    /// <param name="soFar">Hears of the operation after each step of it.</param>
    public async Task<Operation> RunToEndAsync(long id, string? reason, Operator by, CancellationToken cancel, Action<Operation>? soFar = null)
    {
        var operation = await RunAsync(id, reason, by, cancel);
        await foreach (var step in runner.FollowAsync(id, cancel))
        {
            operation = step;
            soFar?.Invoke(step);
        }
        return operation;
    }

    /// <summary>The whole way for one target, as it is at this moment: for callers who saw no preview.</summary>
    /// <returns>What became of it.</returns>
    /// <exception cref="OperationRefusedException">Read-only, not allowed, or it waits for a second person now: <see cref="OperationRefusedException.ApprovalNeeded"/>.</exception>
    /// <exception cref="InvalidInputException">Unknown action, no reason, or a parameter is out of range.</exception>
    /// <exception cref="StoreOutcomeUnknownException">A store went away on the way; the operation is recorded and goes on when it is back.</exception>
    public async Task<OperationItem> DoNowAsync(string action, string target, OperationParameters parameters, string? reason, Operator by, CancellationToken cancel)
    {
        var how = Known(action);
        var actor = await guard.DemandAsync(by, how.Permission, new(action, AuditOutcome.Denied, target) { Reason = reason }, cancel);
        how.Check(parameters);
        var why = CheckedReason(reason);
        var examined = new ExaminedTarget(target, null, null);
        if (how.MayTouchPaidOrders && options.Value.SecondPersonOnPaidOrders && !by.IsSystem && await OnPaidAsync(how, target, parameters, cancel) is { } paid) examined = paid;
        var operation = await SaveAsync(how, [examined], TargetSelection.Of(target), parameters, by, actor, why, cancel);
        if (operation.State == OperationState.Waiting)
            throw new OperationRefusedException(OperationRefusedException.ApprovalNeeded, $"This takes a second person: operation {operation.Id} waits for one.");
        try
        {
            await runner.RunHereAsync(operation.Id, cancel);
            var item = await database.ReadAsync(db => db.OperationItems.SingleAsync(i => i.OperationId == operation.Id, cancel));
            if (item.State != OperationItemState.Allowed) return item;
        }
        catch (StoreUnavailableException e)
        {
            throw new StoreOutcomeUnknownException(e.Store, e.Message, e);
        }
        throw new StoreOutcomeUnknownException(database.StoreName, $"Operation {operation.Id} goes on elsewhere.");
    }

    /// <exception cref="InvalidInputException">No reason, or too long a one.</exception>
    public static string CheckedReason(string? reason) => reason?.Trim() is { Length: >= 1 and <= MaxReasonLength } text && !text.Any(char.IsControl)
        ? text
        : throw new InvalidInputException("reason", "1 to 200 characters on one line");

    /// <summary>What one needs for an action; for pages, which show nobody what they may not do. The gate itself asks again.</summary>
    /// <exception cref="InvalidInputException">Unknown action.</exception>
    public string PermissionOf(string action) => Known(action).Permission;

    internal Task<Operation?> FindAsync(long id, CancellationToken cancel) => database.ReadAsync(db => db.Operations.SingleOrDefaultAsync(o => o.Id == id, cancel));

    internal OperatorAction Known(string action) => _actions.TryGetValue(action, out var how)
        ? how
        : throw new InvalidInputException("action", string.Join(", ", _actions.Keys.Order(StringComparer.Ordinal)));

    internal static OperationRefusedException Unknown(long id) =>
        new(OperationRefusedException.UnknownOperation, $"There is no operation {id}, or it was prepared more than a day ago.");

    /// <summary>Whether a prepared operation waits for a second person when <paramref name="by"/> has it run.</summary>
    public bool TakesTwo(Operation operation, Operator by) => TakesTwo(Known(operation.Action), operation, by);

    /// <summary>What this program does by itself waits for nobody.</summary>
    private bool TakesTwo(OperatorAction how, Operation operation, Operator by) => !by.IsSystem && (
        operation.TouchesPaidOrders && options.Value.SecondPersonOnPaidOrders
        || how.TakesTwoForMany && options.Value.SecondPersonAbove is > 0 and var most && operation.Left > most);

    /// <returns>The target as it is to be saved, or null when it is no paid order's and nothing more is to be known of it.</returns>
    private static async Task<ExaminedTarget?> OnPaidAsync(OperatorAction how, string target, OperationParameters parameters, CancellationToken cancel) =>
        (await how.ExamineAsync([target], parameters, cancel))[0] is { Refused: null, OnPaidOrder: true } paid ? paid : null;

    private static string TargetOf(TargetSelection selection) => selection.Listed is [var one] ? one : JsonSerializer.Serialize(selection);

    /// <param name="reason">With one it is run by this very call, or waits.</param>
    private Task<Operation> SaveAsync(
        OperatorAction how, List<ExaminedTarget> examined, TargetSelection selection, OperationParameters parameters, Operator by, AuditActor actor, string? reason, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return database.WriteAsync(async db =>
        {
            var operation = new Operation
            {
                Action = how.Name, Parameters = JsonSerializer.Serialize(parameters), Selection = JsonSerializer.Serialize(selection),
                By = by.Name, Source = by.Source, Address = by.Address, UserId = by.UserId, KeyId = by.KeyId, Session = by.Session, Role = actor.Role,
                PreparedAt = now, Total = examined.Count, Refused = examined.Count(e => e.Refused is not null),
                TouchesPaidOrders = how.MayTouchPaidOrders && examined.Exists(e => e is { Refused: null, OnPaidOrder: true }), Reason = reason,
            };
            if (reason is not null && TakesTwo(how, operation, by)) (operation.State, operation.AskedAt) = (OperationState.Waiting, now);
            else if (reason is not null) (operation.State, operation.StartedAt, operation.Node) = (OperationState.Running, now, Node.ThisProcess.Name);
            db.Add(operation);
            await db.SaveChangesAsync(cancel);
            await FreezeAsync(db, operation, examined, now, cancel);
            if (reason is not null)
                await audit.AppendAsync(db, actor, operation.ForAudit(operation.State == OperationState.Waiting ? AuditOutcome.Asked : AuditOutcome.Started), cancel);
            return operation;
        }, cancel);
    }

    private async Task FreezeAsync(OrdersDb db, Operation operation, List<ExaminedTarget> examined, DateTimeOffset now, CancellationToken cancel)
    {
        var no = 0;
        foreach (var part in examined.Chunk(ItemsAtOnce))
        {
            var rows = SqlFile.Json(part, (json, target) =>
            {
                json.WriteNumberValue(++no);
                json.WriteStringValue(target.Target);
                json.WriteStringValue(target.Seen);
                json.WriteStringValue(target.Refused);
            });
            await using var command = db.Command(SqlFile.Text("insert_items.sql", database.Provider),
                ("rows", rows), ("operation", operation.Id), ("at", now.ToUnixTimeMilliseconds()));
            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}
