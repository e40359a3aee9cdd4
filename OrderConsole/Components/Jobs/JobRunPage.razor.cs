using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Jobs;

/// <summary>One run: when, where and for whom, what it did, its attempts, what it logged and why it failed.</summary>
public sealed partial class JobRunPage
{
    private sealed record FoundRun(JobRun Run, IReadOnlyList<JobRun> Attempts);

    [Inject] private JobHistory History { get; set; } = default!;
    [Inject] private JobBoard Board { get; set; } = default!;

    [Parameter] public string Id { get; set; } = "";

    private Load<FoundRun?> Found { get; set; } = default!;
    private string Title => Found is { HasValue: true, Value.Run.Job: { } job } ? Text["Jobs.Run.Title", Text.Job(job)] : Text["Jobs.Run"];

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Found = NewLoad<FoundRun?>();
    }

    // Another attempt's page has another path and the same component.
    protected override Task OnParametersSetAsync() => RendererInfo.IsInteractive && Found.HasValue && Found.Value?.Run.Id != Id ? OnQueryAsync() : Task.CompletedTask;

    protected override Task OnQueryAsync() => !Board.IsOn ? Task.CompletedTask : Found.RunAsync(async cancel =>
        await History.FindAsync(Id, cancel) is { } run ? new FoundRun(run, await History.AttemptsAsync(run, cancel)) : null);
}
