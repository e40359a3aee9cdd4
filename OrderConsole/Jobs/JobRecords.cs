using Quartz;

namespace OrderConsole.Jobs;

/// <summary>One run that is over, or one attempt of it.</summary>
/// <param name="Attempt">0 for the first.</param>
/// <param name="WillRetry">It failed and is tried again.</param>
/// <param name="Summary">In English; what it measured is in <paramref name="Figures"/>.</param>
/// <param name="By">Who asked for it; null when its schedule did.</param>
/// <param name="Log">Only where one run is read.</param>
public sealed record JobRun(
    string Id, string Job, string Node, DateTimeOffset StartedAt, TimeSpan Took, JobRunResult Result, int Attempt, bool WillRetry,
    string? Error, string? Summary, IReadOnlyDictionary<string, long> Figures, JobStarter? By, string? FireId, string? Log);

/// <summary>Runs, latest first.</summary>
/// <param name="TotalIsExact">False when a search by text stopped early: there may be more.</param>
public sealed record JobRuns(IReadOnlyList<JobRun> Items, int Page, int PageSize, long Total, bool TotalIsExact = true);

/// <summary>Which runs of the past.</summary>
/// <param name="Text">In the summary, the error, the starter's name or reason, in any case.</param>
/// <param name="FailedFinally">Only runs that failed and were not tried again.</param>
public sealed record JobRunFilter(
    string? Job = null, JobRunResult? Result = null, string? Node = null, string? Text = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null, bool FailedFinally = false);

/// <summary>A run that is under way.</summary>
/// <param name="Progress">0 to 100; null while the job has not said.</param>
/// <param name="CancelAskedAt">Somebody has asked it to stop, on another console than its own.</param>
public sealed record JobRunning(
    string FireId, string Job, string Node, DateTimeOffset StartedAt, int? Progress, string? Message, DateTimeOffset? CancelAskedAt, bool IsManual, JobStarter? By);

/// <summary>A job as the list shows it.</summary>
/// <param name="Schedule">What its store has; null when it runs only on request.</param>
/// <param name="Setting">What the settings say.</param>
/// <param name="EditedBy">Who changed the schedule; null when the settings count.</param>
/// <param name="Recent">Its last runs, latest first.</param>
public sealed record JobRow(
    JobDefinition Job, Schedule? Schedule, Schedule? Setting, JobStarter? EditedBy, TriggerState State, PauseInfo? Pause,
    DateTimeOffset? NextAt, JobRunStatus? Status, JobRunning? Running, IReadOnlyList<JobRun> Recent)
{
    public string Name => Job.Name;
    public bool IsPaused => State == TriggerState.Paused;
    /// <summary>Quartz gave it up after errors of its own; resuming starts it again.</summary>
    public bool IsBroken => State == TriggerState.Error;
    public bool DiffersFromSettings => Schedule?.Text != Setting?.Text || Schedule?.Cron.TimeZone.Id != Setting?.Cron.TimeZone.Id;
}

/// <summary>A failed run that waits for its next try.</summary>
public sealed record JobRetry(string Job, int Attempt, DateTimeOffset? NextAt, bool IsManual);

/// <summary>A time at which a job should have begun and did not.</summary>
public sealed record JobMiss(string Job, DateTimeOffset SeenAt, DateTimeOffset? PlannedAt, MisfireReason Reason, string Node);

public sealed record JobMissPage(IReadOnlyList<JobMiss> Items, int Page, int PageSize, long Total);
