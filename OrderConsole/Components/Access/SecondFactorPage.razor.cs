using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Access;

public sealed partial class SecondFactorPage
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    /// <summary>Where to go afterwards.</summary>
    [SupplyParameterFromQuery] private string? From { get; set; }
    [SupplyParameterFromQuery] private string? Failed { get; set; }
}
