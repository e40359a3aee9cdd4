using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Operations;

/// <summary>
/// Does started operations, batch by batch, each for itself; closing the page does not stop one. Those of a console that
/// died are taken over: what their items record as done is done, the rest goes on. A console that was only taken for dead
/// finds that out at its next record, and what it had begun is rolled back.
/// </summary>
public sealed partial class OperationRunner(
    OrderDatabase database, IEnumerable<OperatorAction> actions, AuditLog audit, IOptions<OperationOptions> options, TimeProvider time, ILogger<OperationRunner> logger) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShowInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, OperatorAction> _actions = actions.ToDictionary(a => a.Name, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, Lazy<Task>> _running = new();
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource _progress = NewSignal();

    /// <summary>Has an operation done that is marked as running on this node. What stops it here is said in the log, and it is tried again.</summary>
    internal void Start(long id) => _ = WatchAsync(id);

    /// <summary>Does what is left of an operation that runs on this node; ends with it. Whoever asks while it is being done waits for the same run.</summary>
    /// <param name="cancel">Ends the waiting; the run goes on.</param>
    internal Task RunHereAsync(long id, CancellationToken cancel) =>
        _running.GetOrAdd(id, static (key, runner) => new Lazy<Task>(() => Task.Run(() => runner.RunToEndAsync(key))), this).Value.WaitAsync(cancel);

    /// <summary>The operation as it stands now, and again after each step of it until it runs no more; one that waits for a second person does not run.</summary>
    public async IAsyncEnumerable<Operation> FollowAsync(long id, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            var progress = _progress.Task;
            var operation = await database.ReadAsync(db => db.Operations.SingleAsync(o => o.Id == id, cancel));
            yield return operation;
            if (operation.State != OperationState.Running) yield break;
            // Steps of another console are not heard here, only seen.
            await Task.WhenAny(progress, Task.Delay(ShowInterval, time, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                // A read-only console changes nothing on anybody's behalf.
                if (!options.Value.ReadOnly) await TakeOverAsync(stop);
                if (!options.Value.ReadOnly) await ExpireAsync(stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                if (e is not StoreUnavailableException) LogFailed(e);
            }
            await Task.Delay(LookInterval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await GiveBackAsync();
    }

    private async Task WatchAsync(long id)
    {
        try
        {
            await RunHereAsync(id, CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            LogWaits(id, e.Message);
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            LogFailed(e);
        }
        catch (OperationCanceledException)
        {
            // This console stops; another one goes on.
        }
    }

    private async Task RunToEndAsync(long id)
    {
        var stop = _stopping.Token;
        try
        {
            var operation = await database.ReadAsync(db => db.Operations.SingleAsync(o => o.Id == id, stop));
            if (operation.State != OperationState.Running || operation.Node != Node.ThisProcess.Name) return;
            var action = _actions[operation.Action];
            var parameters = JsonSerializer.Deserialize<OperationParameters>(operation.Parameters) ?? OperationParameters.None;
            for (var last = 0; await NextAsync(id, last, action.BatchSize, stop) is { Count: > 0 } items; last = items[^1].No)
            {
                await DoAsync(action, new ActionBatch(database, audit, operation, parameters, items, time), stop);
                FaultPoint.Reach("operation");
                Progressed();
            }
            if (await FinishAsync(id, stop) > 0) LogDone(id, operation.Action, operation.By);
        }
        catch (OperationTakenOverException)
        {
            LogLost(id);
        }
        finally
        {
            _running.TryRemove(id, out _);
            Progressed();
        }
    }

    private Task<List<OperationItem>> NextAsync(long id, int after, int count, CancellationToken cancel) => database.ReadAsync(db => db.OperationItems
        .Where(i => i.OperationId == id && i.No > after && i.State == OperationItemState.Allowed).OrderBy(i => i.No).Take(count).ToListAsync(cancel));

    private async Task DoAsync(OperatorAction action, ActionBatch batch, CancellationToken cancel)
    {
        try
        {
            await action.DoAsync(batch, cancel);
        }
        catch (Exception e) when (e is not StoreUnavailableException and not OperationTakenOverException && !cancel.IsCancellationRequested)
        {
            if (batch.Items.Count > 1)
            {
                // One bad target fails a transaction for all; halves find it in a few steps and let the others through.
                await DoAsync(action, batch.Part([.. batch.Items.Take(batch.Items.Count / 2)]), cancel);
                await DoAsync(action, batch.Part([.. batch.Items.Skip(batch.Items.Count / 2)]), cancel);
                return;
            }
            LogItemFailed(e, batch.Operation.Id, LogText.OneLine(batch.Items[0].Target));
            var why = LogText.OneLine(e.GetBaseException().Message);
            await database.WriteAsync(async db =>
            {
                await batch.RecordAsync(db, [ItemOutcome.Failed(batch.Items[0], why)], cancel);
                return 0;
            }, cancel);
        }
    }

    private Task<int> FinishAsync(long id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return database.WriteAsync(async db =>
        {
            var finished = await db.Operations.Where(o => o.Id == id && o.State == OperationState.Running && o.Node == Node.ThisProcess.Name)
                .ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OperationState.Finished).SetProperty(o => o.FinishedAt, now), cancel);
            if (finished > 0) await AppendEndAsync(db, id, cancel);
            return finished;
        }, cancel);
    }

    private async Task AppendEndAsync(OrdersDb db, long id, CancellationToken cancel)
    {
        var over = await db.Operations.AsNoTracking().SingleAsync(o => o.Id == id, cancel);
        await audit.AppendAsync(db, over.Actor(), over.ForAudit(AuditOutcome.Finished) with { After = $"done {over.Done}, refused {over.Refused}, failed {over.Failed}" }, cancel);
    }

    /// <summary>Goes on with operations of consoles that are not alive any more or have stopped, and with those of this one that a store's absence stopped.</summary>
    private async Task TakeOverAsync(CancellationToken cancel)
    {
        var running = await database.ReadAsync(db => db.Operations.Where(o => o.State == OperationState.Running)
            .OrderBy(o => o.Id).Select(o => new { o.Id, o.Action, o.Node, o.StartedAt }).ToListAsync(cancel));
        if (running.Count == 0) return;
        var oldest = await database.NowAsync(cancel) - ClusterTotals.Silence;
        var alive = await database.ReadAsync(db => db.Nodes.Where(n => n.SeenAt > oldest).Select(n => n.Name).ToListAsync(cancel));
        // An action that only a newer console knows is left to it.
        foreach (var left in running.Where(o => !_running.ContainsKey(o.Id) && _actions.ContainsKey(o.Action)))
        {
            if (left.Node != Node.ThisProcess.Name)
            {
                // A console that has only just started has not written its sign of life yet.
                if (left.Node is not null && (alive.Contains(left.Node) || left.StartedAt > oldest)) continue;
                if (await ClaimAsync(left.Id, left.Node, cancel) == 0) continue;
                LogTakenOver(left.Id, left.Node ?? "a console that was stopped");
            }
            Start(left.Id);
        }
    }

    private Task<int> ClaimAsync(long id, string? from, CancellationToken cancel) => database.WriteAsync(db => db.Operations
        .Where(o => o.Id == id && o.Node == from && o.State == OperationState.Running)
        .ExecuteUpdateAsync(set => set.SetProperty(o => o.Node, Node.ThisProcess.Name), cancel), cancel);

    /// <summary>Ends what has waited too long for its second person.</summary>
    internal async Task ExpireAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var oldest = now - options.Value.ApprovalFor;
        var late = await database.ReadAsync(db => db.Operations.Where(o => o.State == OperationState.Waiting && o.AskedAt <= oldest).ToListAsync(cancel));
        foreach (var operation in late)
            await database.WriteAsync(async db =>
            {
                var expired = await db.Operations.Where(o => o.Id == operation.Id && o.State == OperationState.Waiting)
                    .ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OperationState.Expired).SetProperty(o => o.FinishedAt, now), cancel);
                if (expired > 0) await audit.AppendAsync(db, operation.Actor(), operation.ForAudit(AuditOutcome.Expired), cancel);
                return expired;
            }, cancel);
    }

    /// <summary>At a stop: batches under way end, and the rest is anybody's at once.</summary>
    private async Task GiveBackAsync()
    {
        await _stopping.CancelAsync();
        foreach (var run in _running.Values) await run.Value.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await database.WriteAsync(db => db.Operations.Where(o => o.State == OperationState.Running && o.Node == Node.ThisProcess.Name)
                .ExecuteUpdateAsync(set => set.SetProperty(o => o.Node, (string?)null), CancellationToken.None), CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // Then it is noticed a little later that this console is gone.
        }
    }

    private void Progressed() => Interlocked.Exchange(ref _progress, NewSignal()).TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override void Dispose()
    {
        base.Dispose();
        _stopping.Dispose();
    }

    [LoggerMessage(100, LogLevel.Information, "Operation {Id} ({Action}) by {By} is finished")]
    private partial void LogDone(long id, string action, string by);

    [LoggerMessage(101, LogLevel.Information, "Operation {Id} was left by {Node}; it goes on here")]
    private partial void LogTakenOver(long id, string node);

    [LoggerMessage(102, LogLevel.Warning, "Operation {Id} failed for {Target}")]
    private partial void LogItemFailed(Exception error, long id, string target);

    [LoggerMessage(103, LogLevel.Error, "Running operations failed; the next look follows")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(104, LogLevel.Information, "Operation {Id} waits for a store: {Why}")]
    private partial void LogWaits(long id, string why);

    [LoggerMessage(105, LogLevel.Information, "Operation {Id} does not run on this console any more: another one took it for dead")]
    private partial void LogLost(long id);
}
