using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Jobs;

/// <summary>The head and the views that all pages of the jobs share.</summary>
public sealed partial class JobsFrame
{
    private static readonly (string Name, string Url)[] All =
    [
        ("All", "/jobs"), ("Running", "/jobs/running"), ("History", "/jobs/history"), ("Failed", "/jobs/failed"),
        ("Retries", "/jobs/retries"), ("Missed", "/jobs/missed"), ("Nodes", "/jobs/nodes"), ("Chart", "/jobs/chart"),
    ];

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private JobBoard Board { get; set; } = default!;

    [Parameter, EditorRequired] public string Title { get; set; } = "";
    [Parameter] public string? Description { get; set; }
    [Parameter] public RenderFragment? Actions { get; set; }
    [Parameter] public RenderFragment? ChildContent { get; set; }

    private IReadOnlyList<Tab> Views =>
        [.. All.Select(v => new Tab(Text[$"Jobs.View.{v.Name}"], v.Url, new Uri(Navigation.Uri).AbsolutePath == v.Url, HasCount: false))];
}
