using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Layout;

public sealed partial class ThemeSwitch
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [CascadingParameter(Name = "Theme")] private string Current { get; set; } = "";

    private string Here => Uri.EscapeDataString("/" + Navigation.ToBaseRelativePath(Navigation.Uri));

    // Names of glyphs in the icon font of the component library.
    private static string Symbol(ThemeChoice theme) => theme.Name switch { "light" => "light_mode", "dark" => "dark_mode", _ => "contrast" };
}
