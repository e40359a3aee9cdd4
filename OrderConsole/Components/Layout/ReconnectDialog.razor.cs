using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Layout;

public sealed partial class ReconnectDialog
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
}
