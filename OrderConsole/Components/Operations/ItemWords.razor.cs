using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>What became of one target, and why.</summary>
public sealed partial class ItemWords
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public OperationItem Item { get; set; } = default!;
    [Parameter, EditorRequired] public string Action { get; set; } = "";
}
