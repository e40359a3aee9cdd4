using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Jobs;

/// <summary>Failed runs that are tried again by themselves, the next one first.</summary>
public sealed partial class JobRetriesPage
{
    [Inject] private JobBoard Board { get; set; } = default!;

    private Load<IReadOnlyList<JobRetry>> Rows { get; set; } = default!;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Rows = NewLoad<IReadOnlyList<JobRetry>>();
    }

    protected override Task OnQueryAsync() => Board.IsOn ? Rows.RunAsync(Board.RetriesAsync) : Task.CompletedTask;
}
