using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Data;
using OrderConsole.Core.Diagnostics;

namespace OrderConsole.Components.Diagnostics;

/// <summary>What the latest diagnosis found, as a line with a link; nothing before the first one. Read when the page opens and after each run.</summary>
public sealed partial class LatestVerdict : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private DiagnosisRunner Runner { get; set; } = default!;
    [Inject] private DiagnosisStore Store { get; set; } = default!;

    private DiagnosisReport? Latest { get; set; }

    protected override void OnInitialized() => Runner.Changed += Changed;

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? ReadAsync() : Task.CompletedTask;

    public void Dispose()
    {
        Runner.Changed -= Changed;
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private void Changed()
    {
        if (Runner.Progress is null) _ = InvokeAsync(ReadAsync);
    }

    private async Task ReadAsync()
    {
        try
        {
            // SQLite reads on its caller's thread.
            Latest = await Task.Run(() => Store.LatestAsync(_leaving.Token), _leaving.Token);
            StateHasChanged();
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException or ObjectDisposedException)
        {
            // The strip of warnings says which store is away.
        }
    }
}
