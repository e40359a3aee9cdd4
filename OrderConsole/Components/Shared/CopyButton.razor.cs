using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Shared;

/// <summary>Puts a text on the clipboard and says so; ui.js does it in the browser, without a round trip.</summary>
public sealed partial class CopyButton
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public string Value { get; set; } = "";
    /// <summary>Its accessible name; "Copy" and the value unless told.</summary>
    [Parameter] public string? Label { get; set; }
}
