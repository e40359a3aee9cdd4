using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Shared;

/// <summary>Grey rows in place of what is being read; the style sheet shows them only after 150 ms, so that nothing flashes.</summary>
public sealed partial class Loading
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter] public int Rows { get; set; } = 8;
}
