using Quartz;

namespace OrderConsole.Jobs;

/// <summary>
/// Brings the jobs' store in line with the settings at each start. A schedule that an operator changed carries a mark and
/// stays; every other one follows the settings.
/// </summary>
internal sealed class JobPlan(JobOptions options, TimeProvider time)
{
    /// <summary>In a trigger's data: who changed the schedule, as <see cref="JobStarter"/>.</summary>
    public const string EditedKey = "edited";

    public TimeZoneInfo Zone => options.Zone;

    /// <summary>What the settings say; null for a job that runs only when somebody asks.</summary>
    public Schedule? SettingOf(JobDefinition job) =>
        Schedule.TryRead(job.Setting(options.Schedules), options.Zone, out var schedule, out _) ? schedule : null;

    public async Task ApplyAsync(IScheduler scheduler, CancellationToken cancel)
    {
        foreach (var job in JobCatalogue.All)
        {
            await scheduler.AddJob(JobBuilder.Create().OfType(job.Type).WithIdentity(job.Key).StoreDurably().RequestRecovery().Build(), AddJobOptions.Replacing, cancel);
            var stored = await scheduler.GetTrigger(job.ScheduleKey, cancel) as ICronTrigger;
            if (stored is null || !IsEdited(stored)) await SetAsync(scheduler, job, stored, SettingOf(job), by: null, cancel);
        }
    }

    /// <summary>Gives a job another schedule; a paused one stays paused.</summary>
    /// <param name="to">Null takes its schedule away.</param>
    /// <param name="by">Who changed it, or null for the settings.</param>
    public async Task SetAsync(IScheduler scheduler, JobDefinition job, ICronTrigger? stored, Schedule? to, JobStarter? by, CancellationToken cancel)
    {
        if (to is null)
        {
            if (stored is not null) await scheduler.UnscheduleJob(job.ScheduleKey, cancel);
            return;
        }
        if (stored is not null && Same(stored, to) && IsEdited(stored) == by is not null) return;
        var trigger = TriggerOf(job, to, by);
        var pause = stored is null ? null : await scheduler.GetTriggerPause(job.ScheduleKey, cancel);
        var paused = stored is not null && await scheduler.GetTriggerState(job.ScheduleKey, cancel) == TriggerState.Paused;
        var options = new ScheduleJobOptions { Replace = true, Paused = paused, PauseReason = pause?.Reason, PauseRequestedBy = pause?.RequestedBy };
        await scheduler.ScheduleJob(trigger, options, cancel);
    }

    public static bool IsEdited(ITrigger trigger) => trigger.JobDataMap.ContainsKey(EditedKey);

    public static bool Same(ICronTrigger stored, Schedule schedule) =>
        stored.CronExpressionString == schedule.Text && stored.TimeZone.Id == schedule.Cron.TimeZone.Id;

    private ITrigger TriggerOf(JobDefinition job, Schedule schedule, JobStarter? by)
    {
        var trigger = TriggerBuilder.Create(time).WithIdentity(job.ScheduleKey).ForJob(job.Key)
            // What was missed while no console ran is made up for once.
            .WithCronSchedule(schedule.Cron, c => c.InTimeZone(options.Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed));
        if (job.NeedsEngine) trigger = trigger.WithExecutionGroup(JobDefinition.EngineGroup);
        if (by is not null) trigger = trigger.UsingJobData(EditedKey, by.ToText());
        return trigger.Build();
    }
}
