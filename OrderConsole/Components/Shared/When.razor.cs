using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Shared;

/// <summary>A moment relative to now, which keeps itself current; the exact moment in UTC on hover and in <c>datetime</c>.</summary>
public sealed partial class When : IDisposable
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private PageClock Clock { get; set; } = default!;

    /// <summary>Null shows a dash.</summary>
    [Parameter, EditorRequired] public DateTimeOffset? At { get; set; }

    private string Words { get; set; } = "";

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive) Clock.Tick += Tick;
    }

    protected override void OnParametersSet() => Words = Say();

    public void Dispose() => Clock.Tick -= Tick;

    private string Say() => At is { } at ? Text.Moment(at, Clock.Now) : "";

    private void Tick() => _ = InvokeAsync(() =>
    {
        var words = Say();
        if (words == Words) return;
        Words = words;
        StateHasChanged();
    });
}
