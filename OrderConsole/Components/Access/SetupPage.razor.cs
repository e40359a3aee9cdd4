using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Access;

namespace OrderConsole.Components.Access;

public sealed partial class SetupPage
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private FirstRun First { get; set; } = default!;
    [SupplyParameterFromQuery] private string? Token { get; set; }
    [SupplyParameterFromQuery] private string? Failed { get; set; }

    private bool IsOpen => First.IsValid(Token);

    private string? Trouble => Failed switch
    {
        null => null,
        "differ" => Text["Setup.Differ"].Value,
        AccountRefusedException.Name => Text["Setup.BadName"].Value,
        AccountRefusedException.Common => Text["Setup.Common"].Value,
        _ => Text["Setup.BadLength"].Value,
    };
}
