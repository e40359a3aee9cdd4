using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;

namespace OrderConsole.Components.Layout;

/// <summary>Pauses the processing of all consoles, or has them go on: the one that is possible now.</summary>
public sealed partial class PauseSwitch : IDisposable
{
    [Inject] private LiveUpdates Live { get; set; } = default!;

    protected override void OnInitialized() => Live.Changed += Repaint;

    public void Dispose() => Live.Changed -= Repaint;

    private void Repaint() => _ = InvokeAsync(StateHasChanged);
}
