using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Layout;

public sealed partial class Failure
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [CascadingParameter] private HttpContext? Context { get; set; }

    private string TraceId => Activity.Current?.Id ?? Context?.TraceIdentifier ?? "";
}
