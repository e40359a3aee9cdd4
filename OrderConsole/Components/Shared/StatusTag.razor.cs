using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Shared;

/// <summary>A state as a word with a sign and a colour; the word alone says everything.</summary>
public sealed partial class StatusTag
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    /// <summary>Which list of words: order, queue, payment or outcome (of an operator's action). The texts are <c>Tag.{Of}.{Value}</c>.</summary>
    [Parameter, EditorRequired] public string Of { get; set; } = "";
    /// <summary>The state as the API spells it, for example Pending (order), dead (queue), Late (payment), done (outcome).</summary>
    [Parameter, EditorRequired] public string Value { get; set; } = "";
}
