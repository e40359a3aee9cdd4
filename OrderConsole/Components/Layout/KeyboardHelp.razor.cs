using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Layout;

/// <summary>All shortcuts, and a switch for those of a single key.</summary>
public sealed partial class KeyboardHelp
{
    public const string Id = "keyboard-help";

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
}
