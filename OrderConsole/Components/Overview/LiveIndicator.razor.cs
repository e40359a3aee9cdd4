using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Overview;

public sealed partial class LiveIndicator
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter] public DateTimeOffset At { get; set; }
    /// <summary>Whether figures are being pushed to this page; false while it is only the first picture.</summary>
    [Parameter] public bool IsLive { get; set; }
}
