using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Layout;

public sealed partial class LanguageSwitch
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    private string Here => Uri.EscapeDataString("/" + Navigation.ToBaseRelativePath(Navigation.Uri));

    // Each language names itself, so that its readers find it.
    private static string NameOf(string language) => language == "en" ? "English" : "中文";
}
