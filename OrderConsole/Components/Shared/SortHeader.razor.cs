using Microsoft.AspNetCore.Components;

namespace OrderConsole.Components.Shared;

/// <summary>A column that the list can be sorted by: a link that keeps the order in the address.</summary>
public sealed partial class SortHeader
{
    [Parameter, EditorRequired] public PageQuery Query { get; set; } = default!;
    /// <summary>As the list is sorted now.</summary>
    [Parameter, EditorRequired] public Sorting Sort { get; set; }
    /// <summary>The column's name in the address.</summary>
    [Parameter, EditorRequired] public string By { get; set; } = "";
    [Parameter, EditorRequired] public string Title { get; set; } = "";
    /// <summary>"amount" aligns right.</summary>
    [Parameter] public string? Class { get; set; }

    private bool IsCurrent => Sort.By == By;
    private string Url => Query.With("sort", IsCurrent && !Sort.Descending ? "-" + By : By);
}
