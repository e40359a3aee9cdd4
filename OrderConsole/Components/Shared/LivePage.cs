using Microsoft.AspNetCore.Components;
using OrderConsole.Live;

namespace OrderConsole.Components.Shared;

/// <summary>A page with live figures: repainted with each snapshot, unless this tab is paused. It asks no store for them itself.</summary>
public abstract class LivePage : ConsolePage
{
    [Inject] protected LiveUpdates Live { get; set; } = default!;

    protected MetricsSnapshot Snapshot => Live.Snapshot;

    /// <summary>Called with each snapshot before the page is repainted.</summary>
    protected virtual void OnSnapshot()
    {
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        OnSnapshot();
        Live.Changed += Repaint;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Live.Changed -= Repaint;
        base.Dispose(disposing);
    }

    private void Repaint() => _ = InvokeAsync(() =>
    {
        OnSnapshot();
        StateHasChanged();
    });
}
