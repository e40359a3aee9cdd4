using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Operations;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Jobs;

/// <summary>One job: how it stands, its schedule and its last runs.</summary>
public sealed partial class JobPage
{
    [Inject] private JobBoard Board { get; set; } = default!;

    [Parameter] public string Name { get; set; } = "";

    private Load<JobRow> Row { get; set; } = default!;
    private JobDefinition? Job => JobCatalogue.Find(Name);
    private JobRow? Shown => Row.HasValue && Row.Value!.Name == Name ? Row.Value : null;
    private string? About => Job is null ? null : Text[$"Job.{Name}.About"].Value;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Row = NewLoad<JobRow>();
    }

    protected override Task OnQueryAsync() => Job is { } job && Board.IsOn ? Row.RunAsync(cancel => Board.RowAsync(job, cancel)) : Task.CompletedTask;

    private Task AgainAsync() => Row.AgainAsync();

    private TargetSelection Target() => TargetSelection.Of(Name);
}
