using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>
/// One request on its way from the preview to the receipt. Goes on while its dialog is closed. Belongs to one tab and its thread.
/// </summary>
public sealed class OperationRun(
    OperationRequest request, Operator by, OperationGate gate, OperationRunner runner, OperationQueries operations,
    IStringLocalizer<SharedResources> text, ILogger<OperationRun> log, Action changed)
{
    private readonly TaskCompletionSource<Operation?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private OperationParameters _parameters = request.Given;
    private string _reason = "";

    public OperationRequest Request { get; } = request;
    public OperationStep Step { get; private set; } = request.AsksForTime || request.AsksForReference ? OperationStep.Asking : OperationStep.Preparing;
    /// <summary>As it was last seen; null until it is prepared.</summary>
    public Operation? Operation { get; private set; }
    /// <summary>Why targets were refused or failed, and how many each.</summary>
    public IReadOnlyDictionary<string, int> Codes { get; private set; } = new Dictionary<string, int>();
    /// <summary>Nothing is done until a second person approves it.</summary>
    public bool TakesTwo { get; private set; }
    public OperationFault? Fault { get; private set; }
    /// <summary>Whether the reason is on its way to the gate: from the click to its answer.</summary>
    public bool IsStarting { get; private set; }
    /// <summary>The finished operation, or null when it was given up before it began.</summary>
    public Task<Operation?> End => _end.Task;

    public bool IsOver => Step == OperationStep.Finished;

    /// <summary>Freezes the list.</summary>
    public Task PrepareAsync(OperationParameters parameters, CancellationToken cancel)
    {
        _parameters = parameters;
        Step = OperationStep.Preparing;
        return TryAsync(async () =>
        {
            var operation = await gate.PrepareAsync(Request.Action, Request.Targets, parameters, by, cancel);
            Codes = await operations.CodesAsync(operation.Id, cancel);
            (Operation, TakesTwo, Step) = (operation, gate.TakesTwo(operation, by), OperationStep.Preview);
        }, cancel);
    }

    /// <summary>Back to the question, with another answer.</summary>
    public void AskAgain()
    {
        (Step, Fault) = (OperationStep.Asking, null);
        changed();
    }

    /// <summary>Starts it and follows it to its end; a second call while the first is on its way does nothing.</summary>
    public async Task RunAsync(string reason, CancellationToken cancel)
    {
        if (Step != OperationStep.Preview || IsStarting) return;
        (IsStarting, _reason) = (true, reason);
        await TryAsync(async () =>
        {
            Operation = await gate.RunAsync(Operation!.Id, reason, by, cancel);
            Step = OperationStep.Running;
        }, cancel);
        IsStarting = false;
        if (Step == OperationStep.Running) await FollowAsync(cancel);
    }

    /// <summary>The failed step once more.</summary>
    public Task RetryAsync(CancellationToken cancel) => Step switch
    {
        OperationStep.Preparing => PrepareAsync(_parameters, cancel),
        OperationStep.Preview => RunAsync(_reason, cancel),
        OperationStep.Running => FollowAsync(cancel),
        _ => Task.CompletedTask,
    };

    /// <summary>The dialog was closed; what runs goes on.</summary>
    public void Leave()
    {
        if (Step < OperationStep.Running && !IsStarting) _end.TrySetResult(null);
    }

    private async Task FollowAsync(CancellationToken cancel)
    {
        await TryAsync(async () =>
        {
            await foreach (var now in runner.FollowAsync(Operation!.Id, cancel))
            {
                Operation = now;
                changed();
            }
            Codes = await operations.CodesAsync(Operation.Id, cancel);
            Step = OperationStep.Finished;
        }, cancel);
        if (IsOver) _end.TrySetResult(Operation);
    }

    private async Task TryAsync(Func<Task> step, CancellationToken cancel)
    {
        Fault = null;
        changed();
        try
        {
            await step();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            _end.TrySetResult(null);
        }
        catch (Exception error)
        {
            Fault = OperationFault.Of(error, text, log);
        }
        changed();
    }
}
