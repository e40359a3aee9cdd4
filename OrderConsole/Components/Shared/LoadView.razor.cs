using Microsoft.AspNetCore.Components;

namespace OrderConsole.Components.Shared;

/// <summary>Shows a <see cref="Load{T}"/>: skeleton, value, or failure with a retry.</summary>
public sealed partial class LoadView<T>
{
    [Parameter, EditorRequired] public Load<T> Of { get; set; } = default!;
    [Parameter, EditorRequired] public RenderFragment<T> ChildContent { get; set; } = default!;
    /// <summary>Of the skeleton.</summary>
    [Parameter] public int Rows { get; set; } = 8;
}
