using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Layout;

public sealed partial class ThemeSwitch
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [CascadingParameter(Name = "Theme")] private string Current { get; set; } = "";

    /// <summary>Where the choice leads back to; given by the layout, which hears when the page changes.</summary>
    [Parameter, EditorRequired] public string From { get; set; } = "";

    // Names of glyphs in the icon font of the component library.
    private static string Symbol(ThemeChoice theme) => theme.Name switch { "light" => "light_mode", "dark" => "dark_mode", _ => "contrast" };
}
