using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace OrderConsole.Components.Shared;

/// <summary>
/// A modal dialog. The browser's own dialog element keeps the focus inside, closes on Esc and gives the focus back to
/// what opened it. <c>autofocus</c> on an element of the content takes the focus when it opens.
/// </summary>
public sealed partial class Modal
{
    private readonly string _id = "modal-" + Guid.NewGuid().ToString("N")[..8];
    private ElementReference _dialog;
    private bool _isShown;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private IJSRuntime Script { get; set; } = default!;

    [Parameter, EditorRequired] public string Title { get; set; } = "";
    [Parameter, EditorRequired] public bool IsOpen { get; set; }
    [Parameter] public EventCallback<bool> IsOpenChanged { get; set; }
    /// <summary>False while something runs that must not lose its dialog: Esc and the cross do nothing.</summary>
    [Parameter] public bool CanClose { get; set; } = true;
    /// <summary>"wide" for tables.</summary>
    [Parameter] public string? Class { get; set; }
    [Parameter] public RenderFragment? ChildContent { get; set; }
    /// <summary>The buttons at the foot, the one that does it last.</summary>
    [Parameter] public RenderFragment? Actions { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (IsOpen == _isShown) return;
        _isShown = IsOpen;
        await Script.InvokeVoidAsync(IsOpen ? "orderConsole.openDialog" : "orderConsole.closeDialog", _dialog);
    }

    private Task CloseAsync() => IsOpenChanged.InvokeAsync(false);

    // By Esc: the browser has closed it already.
    private async Task ClosedAsync()
    {
        _isShown = false;
        if (IsOpen) await IsOpenChanged.InvokeAsync(false);
    }
}
