using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;
using OrderConsole.Jobs;
using Quartz;

namespace OrderConsole.Components.Jobs;

/// <summary>The consoles that run jobs, and when each last gave a sign of life.</summary>
public sealed partial class JobNodesPage
{
    [Inject] private JobBoard Board { get; set; } = default!;

    private Load<IReadOnlyList<ClusterNode>> Rows { get; set; } = default!;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Rows = NewLoad<IReadOnlyList<ClusterNode>>();
    }

    protected override Task OnQueryAsync() => Board.IsOn ? Rows.RunAsync(Board.NodesAsync) : Task.CompletedTask;
}
