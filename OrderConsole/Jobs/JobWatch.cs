using OrderConsole.Core.Data;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>A job that somebody should look at.</summary>
/// <param name="Failures">Failed runs in a row.</param>
/// <param name="NotSince">Its last success, when that is longer ago than it may be; the console's start when there was none.</param>
public sealed record JobTrouble(string Job, int Failures, DateTimeOffset? NotSince, string? Error)
{
    /// <summary>In English, for programs and as the detail of a warning.</summary>
    public string Words => (NotSince is { } since ? $"{Job} has not succeeded since {since:u}. {Error}" : $"{Job} failed {Failures} times in a row. {Error}").TrimEnd();

    /// <summary>The same without words of any language: the job, how often it failed, its last success, the error.</summary>
    public string Figures => $"{Job} ({Failures}{(NotSince is { } since ? $", {since:u}" : "")}): {Error}".TrimEnd(':', ' ');
}

/// <summary>
/// Looks now and then how the jobs stand, for the overview, the navigation and health, so that none of them asks the
/// store. Stands still where there are no jobs.
/// </summary>
internal sealed class JobWatch(JobScheduler scheduler, JobHistory history, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    // One failure is tried again by itself; who fails so often will not mend alone.
    private const int WorthSaying = 3;

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    /// <summary>Null before the first look, without jobs, and while their store is away.</summary>
    public IReadOnlyList<JobTrouble>? Troubles { get; private set; }

    /// <summary>Why the last look failed.</summary>
    public string? Away { get; private set; }

    public bool IsOn => scheduler.IsOn;

    /// <summary>Looks now.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        try
        {
            _ = scheduler.Current;
            var statuses = await history.StatusesAsync(cancel);
            (Troubles, Away) = ([.. JobCatalogue.All.Select(j => Of(j, statuses.GetValueOrDefault(j.Name))).OfType<JobTrouble>()], null);
        }
        catch (Exception e) when (e is StoreUnavailableException or NotSupportedException)
        {
            (Troubles, Away) = (null, e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (!IsOn) return;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                (Troubles, Away) = (null, e.Message);
            }
            await Task.Delay(Interval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private JobTrouble? Of(JobDefinition job, JobRunStatus? status)
    {
        var failures = status?.ConsecutiveFailures ?? 0;
        var late = job.MustSucceedWithin is { } within && time.GetUtcNow() - (status?.LastSucceededAtUtc ?? _startedAt) > within;
        return failures < WorthSaying && !late ? null
            : new(job.Name, failures, late ? status?.LastSucceededAtUtc ?? _startedAt : null, status?.LastFailureMessage);
    }
}
