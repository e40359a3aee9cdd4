using Microsoft.AspNetCore.Components;
using OrderConsole.Access;
using OrderConsole.Components.Operations;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Diagnostics;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Diagnostics;

/// <summary>A report, the ones before it, and the button that makes a new one.</summary>
public sealed partial class DiagnosisPage
{
    private const int ReportsInChart = 48;

    [Inject] private DiagnosisRunner Runner { get; set; } = default!;
    [Inject] private AskedDiagnosis Diagnosis { get; set; } = default!;
    [Inject] private Visitor Visitor { get; set; } = default!;
    [Inject] private DiagnosisStore Store { get; set; } = default!;

    private Load<ShownReport> Found { get; set; } = default!;
    /// <summary>The report that the address asks for; null is the latest.</summary>
    private long? Asked { get; set; }
    private DiagnosisProgress? Progress => RendererInfo.IsInteractive ? Runner.Progress : null;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Found = NewLoad<ShownReport>();
        Runner.Changed += Repaint;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Runner.Changed -= Repaint;
        base.Dispose(disposing);
    }

    protected override Task OnQueryAsync()
    {
        if (Query.YesNo("run") == true)
        {
            // A reload of the page shall not run it again.
            Navigation.NavigateTo("/diagnosis", replace: true);
            return RunAsync();
        }
        Asked = Query.Number("report", 1, long.MaxValue);
        return ReadAsync();
    }

    private Task ReadAsync()
    {
        var (asked, page, size) = (Asked, Query.Page(), Query.Size());
        return Found.RunAsync(async cancel =>
        {
            var history = await Store.PageAsync(page, size, cancel);
            var scores = await Store.PageAsync(1, ReportsInChart, cancel);
            return new ShownReport(asked is { } id ? await Store.FindAsync(id, cancel) : await Store.LatestAsync(cancel), history, [.. scores.Items.Reverse()]);
        });
    }

    private async Task RunAsync()
    {
        try
        {
            var report = await Diagnosis.RunAsync(DiagnosisTrigger.Page, await Visitor.OperatorAsync(), Leaving);
            if (report.Id is null) Notices.Error(Text["Diagnosis.NotKept"]);
            if (Asked is not null) Navigation.NavigateTo("/diagnosis");
            await ReadAsync();
            // What could not be kept is shown all the same.
            if (report.Id is null) await Found.RunAsync(_ => Task.FromResult(new ShownReport(report, new([], 1, 1, 0), [])));
        }
        catch (OperationRefusedException refused)
        {
            Notices.Error(Text.Refusal(refused.Code));
            await ReadAsync();
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The page was left; another one that waits has the report.
        }
    }

    private void Repaint() => _ = InvokeAsync(StateHasChanged);

    /// <param name="Report">Null when there is none.</param>
    /// <param name="Scores">The latest reports, oldest first.</param>
    private sealed record ShownReport(DiagnosisReport? Report, DiagnosisList History, IReadOnlyList<DiagnosisSummary> Scores);
}
