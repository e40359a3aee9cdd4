using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>How far a running operation is.</summary>
public sealed partial class OperationProgress
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public Operation Operation { get; set; } = default!;
}
