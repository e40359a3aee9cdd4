using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;

namespace OrderConsole.Components.Layout;

/// <summary>The one place where <see cref="Notices"/> appear and are read out.</summary>
public sealed partial class NoticeArea : IDisposable
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private Notices Notices { get; set; } = default!;

    protected override void OnInitialized() => Notices.Changed += Repaint;

    public void Dispose() => Notices.Changed -= Repaint;

    private void Repaint() => _ = InvokeAsync(StateHasChanged);
}
