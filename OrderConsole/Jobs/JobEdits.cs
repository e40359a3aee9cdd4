using Quartz;

namespace OrderConsole.Jobs;

/// <summary>
/// What people change about jobs. Each method answers null when it is done, or why not, as a constant of
/// <see cref="JobRefusals"/>; called again for the same operation it changes nothing more.
/// </summary>
internal sealed class JobEdits(JobScheduler scheduler, JobPlan plan, JobStore store, JobHistory history, TimeProvider time)
{
    /// <summary>Has a job run once, now, whether it is paused or not.</summary>
    public Task<string?> RunAsync(JobDefinition job, JobStarter by, CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
    {
        if (await WasAskedBeforeAsync(job, by, cancel)) return null;
        if (await IsRunningAsync(job, cancel)) return JobRefusals.RunsAlready;
        var trigger = TriggerBuilder.Create(time).WithIdentity(job.ManualKey).ForJob(job.Key).StartNow()
            .UsingJobData(SchedulerConstants.ManualTrigger, "true").UsingJobData(SchedulerConstants.JobInput, by.ToText());
        if (job.NeedsEngine) trigger = trigger.WithExecutionGroup(JobDefinition.EngineGroup);
        try
        {
            await scheduler.Current.ScheduleJob(trigger.Build(), default, cancel);
            return null;
        }
        catch (ObjectAlreadyExistsException)
        {
            // The store lets one of two that ask at the same moment through.
            return JobRefusals.RunsAlready;
        }
    });

    /// <summary>Whether a run is under way, about to begin, or waits for its next try.</summary>
    public async Task<bool> IsRunningAsync(JobDefinition job, CancellationToken cancel) =>
        (await scheduler.Current.QueryFireInstances(new FireInstanceQuery { Job = job.Key }, cancel)).Items.Count > 0
        || await scheduler.Current.Exists(job.ManualKey, cancel);

    public Task<string?> PauseAsync(JobDefinition job, JobStarter by, CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
    {
        if (!await scheduler.Current.Exists(job.ScheduleKey, cancel)) return JobRefusals.NoSchedule;
        var paused = await scheduler.Current.PauseTriggerWith(job.ScheduleKey, new PauseDetails { Reason = by.Reason, RequestedBy = by.By }, cancel);
        return paused ? null : JobRefusals.PausedAlready;
    });

    public Task<string?> ResumeAsync(JobDefinition job, CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
        await scheduler.Current.ResumeTrigger(job.ScheduleKey, cancel) || await scheduler.Current.ResetTriggerFromErrorState(job.ScheduleKey, cancel) ? null : JobRefusals.NotPaused);

    /// <param name="to">Null goes back to what the settings say.</param>
    public Task<string?> RescheduleAsync(JobDefinition job, Schedule? to, JobStarter by, CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
    {
        var stored = await scheduler.Current.GetTrigger(job.ScheduleKey, cancel) as ICronTrigger;
        // What the settings say anyway is no edit, and follows them from now on.
        var isSetting = to is null || plan.SettingOf(job)?.Text == to.Text;
        await plan.SetAsync(scheduler.Current, job, stored, to ?? plan.SettingOf(job), isSetting ? null : by, cancel);
        return (string?)null;
    });

    /// <summary>Asks a run to stop, on whichever console it is.</summary>
    public Task<string?> CancelAsync(string fireId, CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
        await scheduler.Current.InterruptFireInstance(fireId, cancel) ? null : JobRefusals.NotRunning);

    private async Task<bool> WasAskedBeforeAsync(JobDefinition job, JobStarter by, CancellationToken cancel)
    {
        var pending = await scheduler.Current.GetTrigger(job.ManualKey, cancel);
        if (JobStarter.Of(pending)?.Operation == by.Operation) return true;
        var since = await history.PageAsync(new(Job: job.Name, From: by.At), 1, 50, cancel);
        return since.Items.Any(r => r.By?.Operation == by.Operation);
    }
}

/// <summary>Why something about a job is not done, as stable words.</summary>
internal static class JobRefusals
{
    public const string UnknownJob = "unknown_job";
    public const string RunsAlready = "runs_already";
    public const string NoSchedule = "no_schedule";
    public const string PausedAlready = "job_paused_already";
    public const string NotPaused = "job_not_paused";
    public const string NotRunning = "not_running";
    public const string JobsOff = "jobs_off";
}
