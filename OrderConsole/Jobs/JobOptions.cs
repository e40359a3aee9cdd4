using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;

namespace OrderConsole.Jobs;

/// <summary>Section <c>Jobs</c>: the recurring work around the engine.</summary>
public sealed class JobOptions
{
    public const string Section = "Jobs";

    /// <summary>Whether this console runs jobs and shows them. The engine cancels and recovers without.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>In which the schedules are read, by its IANA name: "UTC", "Asia/Shanghai".</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>How long a run is remembered, 1 hour to 365 days. Runs that found nothing to do are remembered for a day at most.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How many runs are remembered at most, 100 to 100,000.</summary>
    [Range(100, 100_000)]
    public int MaxRuns { get; set; } = 20_000;

    public JobSchedules Schedules { get; set; } = new();

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>What the settings say, checked as a whole.</summary>
    /// <exception cref="OptionsValidationException">A setting is wrong; the message names it.</exception>
    public static JobOptions Read(IConfiguration configuration)
    {
        var options = new JobOptions();
        SettingsSection.Bind(configuration, Section, options);
        SettingsSection.Bind(configuration, $"{Section}:Schedules", options.Schedules);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _))
            throw Wrong($"Jobs:TimeZone \"{options.TimeZone}\" is no time zone of this machine; for example \"UTC\" or \"Asia/Shanghai\".");
        foreach (var job in JobCatalogue.All)
            if (job.Setting(options.Schedules) is { Length: > 0 } text && !Schedule.TryRead(text, options.Zone, out _, out var fault))
                throw Wrong($"Jobs:Schedules:{job.SettingName} \"{text}\" is no schedule: {fault.Words}");
        return options;
    }

    private static OptionsValidationException Wrong(string message) => new(Section, typeof(JobOptions), [message]);
}

/// <summary>
/// Section <c>Jobs:Schedules</c>: when each job runs, as five Unix fields (minute, hour, day of the month, month, day of
/// the week) or as six or seven Quartz fields (a second in front, a year behind). Empty: only when somebody asks.
/// </summary>
public sealed record JobSchedules
{
    public string Drain { get; set; } = "* * * * *";
    public string Recover { get; set; } = "*/5 * * * *";
    public string Reconcile { get; set; } = "*/10 * * * *";
    public string Sweep { get; set; } = "37 * * * *";
    public string LockCleanup { get; set; } = "*/5 * * * *";
    public string Diagnosis { get; set; } = "0 * * * *";
    public string Metrics { get; set; } = "7 * * * *";
    public string Prune { get; set; } = "17 * * * *";
    public string Upkeep { get; set; } = "27 3 * * *";
}
