using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Operations;

/// <summary>Why targets were refused or failed: each reason in words, with how many.</summary>
public sealed partial class RefusalList
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyDictionary<string, int> Codes { get; set; } = default!;

    private IEnumerable<KeyValuePair<string, int>> MostFirst => Codes.OrderByDescending(code => code.Value);
}
