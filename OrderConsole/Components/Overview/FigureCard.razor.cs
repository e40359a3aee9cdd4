using Microsoft.AspNetCore.Components;

namespace OrderConsole.Components.Overview;

/// <summary>One figure with its unit and what it means.</summary>
public sealed partial class FigureCard
{
    [Parameter, EditorRequired] public string Title { get; set; } = "";
    [Parameter, EditorRequired] public string Value { get; set; } = "";
    [Parameter] public string? Unit { get; set; }
    [Parameter] public string? Note { get; set; }
    /// <summary>good, bad, unread or nothing.</summary>
    [Parameter] public string Tone { get; set; } = "";
    [Parameter] public string? Id { get; set; }
}
