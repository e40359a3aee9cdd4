using Microsoft.AspNetCore.Components;

namespace OrderConsole.Components.Shared;

/// <summary>Says that a list is empty, why, and (in its content: a sentence or a link) what to do.</summary>
public sealed partial class EmptyState
{
    [Parameter, EditorRequired] public string Title { get; set; } = "";
    [Parameter, EditorRequired] public string Why { get; set; } = "";
    [Parameter] public RenderFragment? ChildContent { get; set; }
}
