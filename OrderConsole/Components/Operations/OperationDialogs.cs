using Microsoft.Extensions.Localization;
using OrderConsole.Access;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>
/// The way from any page to every operator action: one call opens the dialog and tells when the operation is over. One for
/// each browser tab.
/// </summary>
public sealed class OperationDialogs(
    OperationGate gate, OperationApprovals approvals, OperationRunner runner, OperationQueries operations, IStringLocalizer<SharedResources> text,
    ILogger<OperationRun> log, Notices notices, Visitor visitor) : IDisposable
{
    private const int MostReasons = 3;
    private readonly CancellationTokenSource _leaving = new();
    private readonly List<string> _reasons = [];

    /// <summary>What the dialog shows, or null while it is closed.</summary>
    public OperationRun? Current { get; private set; }
    /// <summary>The last reasons given in this tab, latest first.</summary>
    public IReadOnlyList<string> Reasons => _reasons;

    public event Action? Changed;

    /// <summary>Opens the dialog. What another call has running goes on behind it.</summary>
    /// <returns>The finished operation, also when the dialog was closed meanwhile; null when it was given up before it began.</returns>
    public async Task<Operation?> OpenAsync(OperationRequest request)
    {
        Close();
        var run = new OperationRun(request, await visitor.OperatorAsync(), gate, runner, operations, text, log, Repaint);
        Current = run;
        Repaint();
        if (run.Step == OperationStep.Preparing) await run.PrepareAsync(request.Given, _leaving.Token);
        var over = await run.End;
        if (over is not null && Current != run) notices.Say(text["Operation.OverBehind", over.Id, text.Title(over.Action), over.Done, over.Refused, over.Failed]);
        return over;
    }

    public Task PrepareAsync(OperationParameters parameters) => Current?.PrepareAsync(parameters, _leaving.Token) ?? Task.CompletedTask;

    public Task RunAsync(string reason)
    {
        _reasons.Remove(reason);
        _reasons.Insert(0, reason);
        if (_reasons.Count > MostReasons) _reasons.RemoveAt(MostReasons);
        return Current?.RunAsync(reason, _leaving.Token) ?? Task.CompletedTask;
    }

    public Task RetryAsync() => Current?.RetryAsync(_leaving.Token) ?? Task.CompletedTask;

    /// <summary>What the second person says to an operation that waits.</summary>
    public async Task DecideAsync(long id, bool approve, string? reason)
    {
        var who = await visitor.OperatorAsync();
        await (approve ? approvals.ApproveAsync(id, reason, who, _leaving.Token) : approvals.RejectAsync(id, reason, who, _leaving.Token));
    }

    public void Close()
    {
        Current?.Leave();
        Current = null;
        Repaint();
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private void Repaint() => Changed?.Invoke();
}
