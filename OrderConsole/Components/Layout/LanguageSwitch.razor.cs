using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Layout;

public sealed partial class LanguageSwitch
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    /// <summary>Where the choice leads back to; given by the layout, which hears when the page changes.</summary>
    [Parameter, EditorRequired] public string From { get; set; } = "";

    // Each language names itself, so that its readers find it.
    private static string NameOf(string language) => language == "en" ? "English" : "中文";
}
