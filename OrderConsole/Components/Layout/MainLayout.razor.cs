using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrderConsole.Components.Shared;
using OrderConsole.Hosting;

namespace OrderConsole.Components.Layout;

public sealed partial class MainLayout
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private IOptions<EnvironmentOptions> Environment { get; set; } = default!;
    [Inject] private LiveUpdates Live { get; set; } = default!;

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive) Live.Start();
    }
}
