using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>What will happen and to what exactly, before anything does; and the question for the reason.</summary>
public sealed partial class OperationPreview
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    /// <summary>Prepared, and run by nobody yet.</summary>
    [Parameter, EditorRequired] public Operation Operation { get; set; } = default!;
    [Parameter, EditorRequired] public IReadOnlyDictionary<string, int> Codes { get; set; } = default!;

    /// <summary>It waits for a second person.</summary>
    [Parameter, EditorRequired] public bool TakesTwo { get; set; }

    private int Doable => Operation.Left;
    private OperationParameters Parameters => OperationFacts.ParametersOf(Operation);
}
