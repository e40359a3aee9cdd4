namespace OrderConsole.Live;

/// <summary>Stable words for what somebody should look at now; each has its own advice on screen.</summary>
public static class LiveProblemCodes
{
    public const string DatabaseAway = "database_away";
    public const string RedisAway = "redis_away";
    public const string NobodyProcessing = "nobody_processing";
    public const string EvictionsOn = "evictions_on";
    public const string PersistenceOff = "persistence_off";
    public const string Paused = "paused";
    public const string FiguresStale = "figures_stale";
    public const string ReadingFailed = "reading_failed";
    public const string JobsFailing = "jobs_failing";
    public const string JobsAway = "jobs_away";

    public static IReadOnlyList<string> All { get; } = [DatabaseAway, RedisAway, NobodyProcessing, EvictionsOn, PersistenceOff, Paused, FiguresStale, ReadingFailed, JobsFailing, JobsAway];
}
