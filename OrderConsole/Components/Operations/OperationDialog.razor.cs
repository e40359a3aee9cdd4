using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Operations;

/// <summary>
/// The one dialog of every operator action: what is missing, the frozen preview, the reason, the run, the receipt. It stands in
/// the layout and hears only of its own operation, so live figures do not disturb it.
/// </summary>
public sealed partial class OperationDialog : IDisposable
{
    private ElementReference _body;
    private (OperationRun?, OperationStep) _focused;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private OperationDialogs Dialogs { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    private OperationRun? Run => Dialogs.Current;
    private string Title => Run is { } run ? Text.Title(run.Request.Action) : "";
    private int Doable => Run?.Operation?.Left ?? 0;
    private bool CanAskAgain => Run!.Request is { AsksForTime: true } or { AsksForReference: true };
    private bool IsHopeless => Run is { Fault.CanRetry: false } or { Step: OperationStep.Preview, Operation.Left: 0 };
    private string LeaveWords => Run!.Step >= OperationStep.Running || IsHopeless ? Text["Operation.Close"] : Text["Operation.Leave"];

    public static string UrlOf(long id) => FormattableString.Invariant($"/operations/{id}");

    protected override void OnInitialized()
    {
        Dialogs.Changed += Repaint;
        Navigation.LocationChanged += Left;
    }

    public void Dispose()
    {
        Dialogs.Changed -= Repaint;
        Navigation.LocationChanged -= Left;
    }

    // What had the focus is gone with the step before; a screen reader goes on with the new one. A preview's reason takes it itself.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Run is not { } run || _focused == (run, run.Step)) return;
        _focused = (run, run.Step);
        if (run.Step is OperationStep.Running or OperationStep.Finished || run.Step == OperationStep.Preview && Doable == 0) await _body.FocusAsync();
    }

    private string Address(long id) => Navigation.ToAbsoluteUri(UrlOf(id)).ToString();

    private Task ClosedAsync(bool isOpen)
    {
        if (!isOpen) Dialogs.Close();
        return Task.CompletedTask;
    }

    // Another page, for example the receipt's: a dialog in front of it would belong to nothing.
    private void Left(object? sender, LocationChangedEventArgs change)
    {
        if (Run is not null) Dialogs.Close();
    }

    private void Repaint() => _ = InvokeAsync(StateHasChanged);
}
