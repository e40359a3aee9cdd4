using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Jobs;

/// <summary>What runs now, on whichever console. It is looked at anew with the live figures, and stands still where those are paused.</summary>
public sealed partial class RunningJobsPage
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private DateTimeOffset _lookedAt;

    [Inject] private JobBoard Board { get; set; } = default!;
    [Inject] private PageClock Clock { get; set; } = default!;

    private Load<IReadOnlyList<JobRunning>> Runs { get; set; } = default!;

    protected override void OnInitialized()
    {
        Runs = NewLoad<IReadOnlyList<JobRunning>>();
        base.OnInitialized();
    }

    protected override Task OnQueryAsync()
    {
        _lookedAt = Clock.Now;
        return Board.IsOn ? Runs.RunAsync(Board.RunningAsync) : Task.CompletedTask;
    }

    protected override void OnSnapshot()
    {
        if (Runs is { HasValue: true, IsLoading: false } && Clock.Now - _lookedAt >= LookEvery) _ = OnQueryAsync();
    }

    private TimeSpan Elapsed(JobRunning run) => Clock.Now > run.StartedAt ? Clock.Now - run.StartedAt : TimeSpan.Zero;
}
