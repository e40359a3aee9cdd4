using Microsoft.AspNetCore.Components;

namespace OrderConsole.Components.Shared;

/// <param name="Url">Each tab has an address of its own.</param>
/// <param name="Count">Null when it could not be read.</param>
/// <param name="HasCount">False for a tab that counts nothing.</param>
public sealed record Tab(string Title, string Url, bool IsCurrent, long? Count = null, bool HasCount = true);

/// <summary>Views of one page, as links.</summary>
public sealed partial class Tabs
{
    /// <summary>What the tabs are views of.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";
    [Parameter, EditorRequired] public IReadOnlyList<Tab> Items { get; set; } = [];
}
