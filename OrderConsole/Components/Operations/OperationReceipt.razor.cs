using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>What a finished operation did and did not do.</summary>
public sealed partial class OperationReceipt
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public Operation Operation { get; set; } = default!;
    [Parameter, EditorRequired] public IReadOnlyDictionary<string, int> Codes { get; set; } = default!;
}
