using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Jobs;

/// <summary>Every job: when it runs, how it stands, how it went lately, and what can be done about it.</summary>
public sealed partial class JobsPage
{
    [Inject] private JobBoard Board { get; set; } = default!;

    private Load<IReadOnlyList<JobRow>> Rows { get; set; } = default!;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Rows = NewLoad<IReadOnlyList<JobRow>>();
    }

    protected override Task OnQueryAsync() => Board.IsOn ? Rows.RunAsync(Board.RowsAsync) : Task.CompletedTask;
}
