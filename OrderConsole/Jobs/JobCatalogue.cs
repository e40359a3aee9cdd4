using Quartz;

namespace OrderConsole.Jobs;

/// <summary>A job of the console.</summary>
/// <param name="Name">In addresses, records and texts.</param>
/// <param name="Setting">Its schedule in the settings; empty for none.</param>
/// <param name="SettingName">Of that schedule, in <c>Jobs:Schedules</c>.</param>
/// <param name="NeedsEngine">Runs only where due orders are worked on (<c>Timeouts:Enabled</c>).</param>
/// <param name="MustSucceedWithin">How long it may go without a success before health says so; null when nobody needs to be told.</param>
/// <param name="HasWhole">Whether there is a thorough kind of run to ask for.</param>
public sealed record JobDefinition(
    string Name, Type Type, Func<JobSchedules, string> Setting, string SettingName,
    bool NeedsEngine = false, TimeSpan? MustSucceedWithin = null, bool HasWhole = false)
{
    /// <summary>Of jobs that only a console which works on due orders may run.</summary>
    public const string EngineGroup = "engine";

    public const string ManualGroup = "manual";

    public JobKey Key => new(Name, JobCatalogue.Group);
    /// <summary>Of the trigger that has its schedule.</summary>
    public TriggerKey ScheduleKey => new(Name, "schedule");
    /// <summary>Of the one trigger that runs it now: while it is there, nobody can ask for another run.</summary>
    public TriggerKey ManualKey => new(Name, ManualGroup);
}

/// <summary>All jobs there are, once.</summary>
public static class JobCatalogue
{
    public const string Group = "orderconsole";

    public static IReadOnlyList<JobDefinition> All { get; } =
    [
        new("drain", typeof(DrainJob), s => s.Drain, nameof(JobSchedules.Drain), NeedsEngine: true),
        new("recover", typeof(RecoverJob), s => s.Recover, nameof(JobSchedules.Recover), NeedsEngine: true),
        new("reconcile", typeof(ReconcileJob), s => s.Reconcile, nameof(JobSchedules.Reconcile), NeedsEngine: true, MustSucceedWithin: TimeSpan.FromHours(1), HasWhole: true),
        new("sweep", typeof(SweepJob), s => s.Sweep, nameof(JobSchedules.Sweep), NeedsEngine: true),
        new("lock-cleanup", typeof(LockCleanupJob), s => s.LockCleanup, nameof(JobSchedules.LockCleanup), NeedsEngine: true),
        new("diagnosis", typeof(DiagnosisJob), s => s.Diagnosis, nameof(JobSchedules.Diagnosis), MustSucceedWithin: TimeSpan.FromHours(3)),
        new("metrics", typeof(MetricsJob), s => s.Metrics, nameof(JobSchedules.Metrics)),
        new("prune", typeof(PruneJob), s => s.Prune, nameof(JobSchedules.Prune)),
        new("upkeep", typeof(UpkeepJob), s => s.Upkeep, nameof(JobSchedules.Upkeep)),
    ];

    public static JobDefinition? Find(string name) => All.FirstOrDefault(j => j.Name == name);
}
