using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>How an operation ended, or that it has not.</summary>
public sealed partial class OutcomeTag
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public Operation Operation { get; set; } = default!;
}
