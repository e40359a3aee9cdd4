using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Layout;

/// <summary>Instead of a page that the visitor's role does not include.</summary>
public sealed partial class NotPermitted
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
}
