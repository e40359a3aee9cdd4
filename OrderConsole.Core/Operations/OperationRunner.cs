using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Operations;

/// <summary>
/// Does started operations, batch by batch; closing the page does not stop one. Those of a console that died are taken
/// over: what its items record as done is done, the rest goes on.
/// </summary>
public sealed partial class OperationRunner(
    OrderDatabase database, IEnumerable<OperatorAction> actions, TimeProvider time, ILogger<OperationRunner> logger) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShowInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, OperatorAction> _actions = actions.ToDictionary(a => a.Name, StringComparer.Ordinal);
    private readonly Channel<long> _started = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<long, byte> _running = new();
    private TaskCompletionSource _progress = NewSignal();

    /// <summary>Has an operation done that is marked as running on this node.</summary>
    internal void Start(long id) => _started.Writer.TryWrite(id);

    /// <summary>The operation as it stands now, and again after each step of it until it is finished.</summary>
    public async IAsyncEnumerable<Operation> FollowAsync(long id, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            var progress = _progress.Task;
            var operation = await database.ReadAsync(db => db.Operations.SingleAsync(o => o.Id == id, cancel));
            yield return operation;
            if (operation.State == OperationState.Finished) yield break;
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
                foreach (var id in await TakeOverAsync(stop)) Start(id);
                while (_started.Reader.TryRead(out var id)) await RunHereAsync(id, stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                if (e is not StoreUnavailableException) LogFailed(e);
            }
            await NextStartAsync(stop);
        }
    }

    private async Task NextStartAsync(CancellationToken stop)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(_started.Reader.WaitToReadAsync(waiting.Token).AsTask(), Task.Delay(LookInterval, time, waiting.Token));
        await waiting.CancelAsync();
    }

    /// <summary>Does what is left of an operation that runs on this node, and finishes it.</summary>
    internal async Task RunHereAsync(long id, CancellationToken cancel)
    {
        if (!_running.TryAdd(id, 0)) return;
        try
        {
            var operation = await database.ReadAsync(db => db.Operations.SingleAsync(o => o.Id == id, cancel));
            if (operation.State != OperationState.Running || operation.Node != Node.ThisProcess.Name) return;
            var action = _actions[operation.Action];
            var parameters = JsonSerializer.Deserialize<OperationParameters>(operation.Parameters)!;
            while (await NextAsync(id, action.BatchSize, cancel) is { Count: > 0 } items)
            {
                await DoAsync(action, new ActionBatch(operation, parameters, items, time), cancel);
                Progressed();
            }
            await FinishAsync(id, cancel);
            LogDone(id, operation.Action, operation.By);
        }
        finally
        {
            _running.TryRemove(id, out _);
            Progressed();
        }
    }

    private Task<List<OperationItem>> NextAsync(long id, int count, CancellationToken cancel) => database.ReadAsync(db => db.OperationItems
        .Where(i => i.OperationId == id && i.State == OperationItemState.Allowed).OrderBy(i => i.No).Take(count).ToListAsync(cancel));

    private async Task DoAsync(OperatorAction action, ActionBatch batch, CancellationToken cancel)
    {
        try
        {
            await action.DoAsync(batch, cancel);
            FaultPoint.Reach("operation");
        }
        catch (Exception e) when (e is not StoreUnavailableException and not OperationCanceledException)
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
        return database.WriteAsync(db => db.Operations.Where(o => o.Id == id && o.State == OperationState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OperationState.Finished).SetProperty(o => o.FinishedAt, now), cancel), cancel);
    }

    /// <summary>Operations of consoles that are not alive any more, and of this one that a store's absence stopped.</summary>
    private async Task<IReadOnlyList<long>> TakeOverAsync(CancellationToken cancel)
    {
        var running = await database.ReadAsync(db => db.Operations.Where(o => o.State == OperationState.Running).Select(o => new { o.Id, o.Node, o.StartedAt }).ToListAsync(cancel));
        if (running.Count == 0) return [];
        var now = await database.NowAsync(cancel);
        var oldest = now - ClusterTotals.Silence;
        var alive = await database.ReadAsync(db => db.Nodes.Where(n => n.SeenAt > oldest).Select(n => n.Name).ToListAsync(cancel));
        var taken = new List<long>();
        foreach (var left in running.Where(o => !_running.ContainsKey(o.Id)))
        {
            if (left.Node != Node.ThisProcess.Name)
            {
                // A console that has only just started has not written its sign of life yet.
                if (alive.Contains(left.Node!) || left.StartedAt > oldest) continue;
                if (await ClaimAsync(left.Id, left.Node!, cancel) == 0) continue;
                LogTakenOver(left.Id, left.Node!);
            }
            taken.Add(left.Id);
        }
        return taken;
    }

    private Task<int> ClaimAsync(long id, string from, CancellationToken cancel) => database.WriteAsync(db => db.Operations
        .Where(o => o.Id == id && o.Node == from && o.State == OperationState.Running)
        .ExecuteUpdateAsync(set => set.SetProperty(o => o.Node, Node.ThisProcess.Name), cancel), cancel);

    private void Progressed() => Interlocked.Exchange(ref _progress, NewSignal()).TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(100, LogLevel.Information, "Operation {Id} ({Action}) by {By} is finished")]
    private partial void LogDone(long id, string action, string by);

    [LoggerMessage(101, LogLevel.Warning, "Operation {Id} was left by {Node}, which is not alive any more; it goes on here")]
    private partial void LogTakenOver(long id, string node);

    [LoggerMessage(102, LogLevel.Warning, "Operation {Id} failed for {Target}")]
    private partial void LogItemFailed(Exception error, long id, string target);

    [LoggerMessage(103, LogLevel.Error, "Running operations failed; the next look follows")]
    private partial void LogFailed(Exception error);
}
