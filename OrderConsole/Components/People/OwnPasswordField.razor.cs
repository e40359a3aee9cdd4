using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.People;

/// <summary>Asks for the password of whoever sits before the page.</summary>
public sealed partial class OwnPasswordField
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Parameter, EditorRequired] public string Value { get; set; } = "";
    [Parameter] public EventCallback<string> ValueChanged { get; set; }
}
