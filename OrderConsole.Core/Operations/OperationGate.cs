using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Operations;

/// <summary>
/// The one way to every operator action, from a page or from the API: allowed? preview, reason, do, record, result.
/// A preview freezes its list; a run does exactly that list, once, however often it is asked for.
/// </summary>
public sealed class OperationGate(
    OrderDatabase database, IEnumerable<OperatorAction> actions, TargetReader targets, OperationRunner runner,
    IOptions<OperationOptions> options, TimeProvider time)
{
    public const int MaxReasonLength = 200;
    private const int ItemsAtOnce = 1_000;

    /// <summary>How long a prepared operation can be run.</summary>
    internal static readonly TimeSpan PreparedFor = TimeSpan.FromDays(1);

    private readonly Dictionary<string, OperatorAction> _actions = actions.ToDictionary(a => a.Name, StringComparer.Ordinal);

    /// <summary>Reads what is selected, asks the action about each target, and freezes the answer as a prepared operation.</summary>
    /// <exception cref="OperationRefusedException">Read-only, nothing selected, or too much.</exception>
    /// <exception cref="InvalidInputException">Unknown action, or a parameter is out of range.</exception>
    public async Task<Operation> PrepareAsync(string action, TargetSelection selection, OperationParameters parameters, Operator by, CancellationToken cancel)
    {
        var how = Allowed(action, parameters);
        var list = await targets.ReadAsync(selection, options.Value.MaxTargets, cancel);
        var examined = new List<ExaminedTarget>(list.Count);
        foreach (var part in list.Chunk(ItemsAtOnce)) examined.AddRange(await how.ExamineAsync(part, parameters, cancel));
        return await SaveAsync(how, examined, selection, parameters, by, reason: null, cancel);
    }

    /// <summary>Starts a prepared operation. Asked for again, it changes nothing and says how the first run stands.</summary>
    /// <returns>The operation, running or finished; follow it with <see cref="OperationRunner.FollowAsync"/>.</returns>
    /// <exception cref="OperationRefusedException">Read-only, or there is no such operation (any more: one that nobody runs within a day is forgotten).</exception>
    /// <exception cref="InvalidInputException">No reason, or too long a one.</exception>
    public async Task<Operation> RunAsync(long id, string? reason, CancellationToken cancel)
    {
        RefuseWhenReadOnly();
        var why = CheckedReason(reason);
        var now = time.GetUtcNow();
        var started = await database.WriteAsync(db => db.Operations
            .Where(o => o.Id == id && o.State == OperationState.Prepared && o.PreparedAt > now - PreparedFor)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OperationState.Running).SetProperty(o => o.StartedAt, now)
                .SetProperty(o => o.Reason, why).SetProperty(o => o.Node, Node.ThisProcess.Name), cancel), cancel);
        if (started > 0) runner.Start(id);
        return await database.ReadAsync(db => db.Operations.SingleOrDefaultAsync(o => o.Id == id && o.State != OperationState.Prepared, cancel))
            ?? throw new OperationRefusedException(OperationRefusedException.UnknownOperation, $"There is no operation {id}, or it was prepared more than a day ago.");
    }

    /// <summary>The same, and waits until it is finished, here or on whichever console goes on with it.</summary>
    /// <param name="soFar">Hears of the operation after each step of it.</param>
    public async Task<Operation> RunToEndAsync(long id, string? reason, CancellationToken cancel, Action<Operation>? soFar = null)
    {
        var operation = await RunAsync(id, reason, cancel);
        await foreach (var step in runner.FollowAsync(id, cancel))
        {
            operation = step;
            soFar?.Invoke(step);
        }
        return operation;
    }

    /// <summary>The whole way for one target, as it is at this moment: for callers who saw no preview.</summary>
    /// <returns>What became of it.</returns>
    /// <exception cref="OperationRefusedException">Read-only.</exception>
    /// <exception cref="InvalidInputException">Unknown action, no reason, or a parameter is out of range.</exception>
    /// <exception cref="StoreOutcomeUnknownException">A store went away on the way; the operation is recorded and goes on when it is back.</exception>
    public async Task<OperationItem> DoNowAsync(string action, string target, OperationParameters parameters, string? reason, Operator by, CancellationToken cancel)
    {
        var how = Allowed(action, parameters);
        var operation = await SaveAsync(how, [new ExaminedTarget(target, null, null)], TargetSelection.Of(target), parameters, by, CheckedReason(reason), cancel);
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

    private OperatorAction Allowed(string action, OperationParameters parameters)
    {
        RefuseWhenReadOnly();
        if (!_actions.TryGetValue(action, out var how)) throw new InvalidInputException("action", string.Join(", ", _actions.Keys.Order(StringComparer.Ordinal)));
        how.Check(parameters);
        return how;
    }

    private void RefuseWhenReadOnly()
    {
        if (options.Value.ReadOnly) throw new OperationRefusedException(OperationRefusedException.ReadOnly, "This console is read-only (Operations:ReadOnly).");
    }

    private Task<Operation> SaveAsync(
        OperatorAction how, List<ExaminedTarget> examined, TargetSelection selection, OperationParameters parameters, Operator by, string? reason, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return database.WriteAsync(async db =>
        {
            var operation = new Operation
            {
                Action = how.Name, Parameters = JsonSerializer.Serialize(parameters), Selection = JsonSerializer.Serialize(selection),
                By = by.Name, Source = by.Source, Address = by.Address, PreparedAt = now, Total = examined.Count,
                Refused = examined.Count(e => e.Refused is not null),
                // With a reason it is run by this very call.
                Reason = reason, State = reason is null ? OperationState.Prepared : OperationState.Running,
                StartedAt = reason is null ? null : now, Node = reason is null ? null : Node.ThisProcess.Name,
            };
            db.Add(operation);
            await db.SaveChangesAsync(cancel);
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
            return operation;
        }, cancel);
    }
}
