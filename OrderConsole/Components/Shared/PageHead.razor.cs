using Microsoft.AspNetCore.Components;

namespace OrderConsole.Components.Shared;

/// <summary>The top of a page: its one h1 (which also takes the focus after navigation), the browser's title, one line on what the page is for, and its actions.</summary>
public sealed partial class PageHead
{
    [Parameter, EditorRequired] public string Title { get; set; } = "";
    [Parameter] public string? Description { get; set; }
    [Parameter] public RenderFragment? Actions { get; set; }
}
