using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrderConsole.Components.Shared;
using OrderConsole.Hosting;

namespace OrderConsole.Components.Layout;

/// <summary>The frame of every page: where one can go, what waits there, and whether the figures are of this moment.</summary>
public sealed partial class MainLayout : IDisposable
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private IOptions<EnvironmentOptions> Environment { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private LiveUpdates Live { get; set; } = default!;

    [CascadingParameter] private Task<AuthenticationState> SignedIn { get; set; } = default!;

    private string SignedInAs { get; set; } = "";

    protected override async Task OnInitializedAsync() => SignedInAs = (await SignedIn).User.Identity?.Name ?? "";

    protected override void OnInitialized()
    {
        Live.Changed += Repaint;
        if (RendererInfo.IsInteractive) Live.Start();
    }

    public void Dispose() => Live.Changed -= Repaint;

    private void Repaint() => _ = InvokeAsync(StateHasChanged);
}
