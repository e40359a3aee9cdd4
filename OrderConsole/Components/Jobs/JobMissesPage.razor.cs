using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Jobs;

/// <summary>Times at which a job should have begun and did not.</summary>
public sealed partial class JobMissesPage
{
    [Inject] private JobBoard Board { get; set; } = default!;
    [Inject] private JobHistory History { get; set; } = default!;

    private Load<JobMissPage> Rows { get; set; } = default!;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Rows = NewLoad<JobMissPage>();
    }

    protected override Task OnQueryAsync() => Board.IsOn ? Rows.RunAsync(cancel => History.MissesAsync(Query.Page(), Query.Size(), cancel)) : Task.CompletedTask;
}
