using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>What the jobs' pages and their API show of the present.</summary>
internal sealed class JobBoard(JobScheduler scheduler, JobHistory history, JobPlan plan, JobStore store)
{
    private const int RecentRuns = 20;

    /// <summary>Every job, in the order of the catalogue.</summary>
    public Task<IReadOnlyList<JobRow>> RowsAsync(CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
    {
        var (quartz, statuses, running) = (scheduler.Current, await history.StatusesAsync(cancel), await RunningAsync(cancel));
        var rows = new List<JobRow>();
        foreach (var job in JobCatalogue.All) rows.Add(await RowAsync(quartz, job, statuses, running, cancel));
        return (IReadOnlyList<JobRow>)rows;
    });

    public Task<JobRow> RowAsync(JobDefinition job, CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
        await RowAsync(scheduler.Current, job, await history.StatusesAsync(cancel), await RunningAsync(cancel), cancel));

    private async Task<JobRow> RowAsync(
        IScheduler quartz, JobDefinition job, IReadOnlyDictionary<string, JobRunStatus> statuses, IReadOnlyList<JobRunning> running, CancellationToken cancel)
    {
        var headers = await quartz.QueryTriggers(new TriggerQuery { Job = job.Key }, cancel);
        var header = headers.Items.FirstOrDefault(t => t.Key.Equals(job.ScheduleKey));
        var trigger = header is null ? null : await quartz.GetTrigger(job.ScheduleKey, cancel) as ICronTrigger;
        var schedule = trigger is null ? null : new Schedule(new CronExpression(trigger.CronExpressionString!, trigger.TimeZone));
        var edited = trigger is not null && trigger.JobDataMap.TryGetValue(JobPlan.EditedKey, out var mark) ? JobStarter.Read(mark as string) : null;
        var recent = await history.PageAsync(new(Job: job.Name), 1, RecentRuns, cancel);
        return new(job, schedule, plan.SettingOf(job), edited, header?.State ?? TriggerState.None, header?.Pause, header?.NextFireTimeUtc,
            statuses.GetValueOrDefault(job.Name), running.FirstOrDefault(r => r.Job == job.Name), recent.Items);
    }

    /// <summary>What runs now, on all consoles.</summary>
    public Task<IReadOnlyList<JobRunning>> RunningAsync(CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
    {
        var found = await scheduler.Current.QueryFireInstances(new FireInstanceQuery(), cancel);
        var running = new List<JobRunning>();
        foreach (var f in found.Items.Where(f => f.JobKey is not null).OrderBy(f => f.FireTimeUtc))
        {
            var isManual = f.TriggerKey.Group == JobDefinition.ManualGroup;
            var by = isManual ? JobStarter.Of(await scheduler.Current.GetTrigger(f.TriggerKey, cancel)) : null;
            running.Add(new(f.FireInstanceId, f.JobKey!.Name, f.SchedulerInstanceId, f.FireTimeUtc, f.Progress, f.ProgressMessage, f.InterruptRequestedUtc, isManual, by));
        }
        return (IReadOnlyList<JobRunning>)running;
    });

    /// <summary>Failed runs that are tried again, the next one first.</summary>
    public Task<IReadOnlyList<JobRetry>> RetriesAsync(CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
    {
        var triggers = await scheduler.Current.QueryTriggers(new TriggerQuery(), cancel);
        return (IReadOnlyList<JobRetry>)[.. triggers.Items.Where(t => t.RetryAttempt > 0 && t.NextFireTimeUtc is not null).OrderBy(t => t.NextFireTimeUtc)
            .Select(t => new JobRetry(t.JobKey.Name, t.RetryAttempt, t.NextFireTimeUtc, t.Key.Group == JobDefinition.ManualGroup))];
    });

    /// <summary>The consoles that run jobs, this one first.</summary>
    public Task<IReadOnlyList<ClusterNode>> NodesAsync(CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
        (IReadOnlyList<ClusterNode>)await scheduler.Current.QueryClusterNodes(cancel));

    /// <summary>Whether this console has jobs at all (<c>Jobs:Enabled</c>).</summary>
    public bool IsOn => scheduler.IsOn;

    /// <summary>Whether this console runs jobs, and is not only looking at them.</summary>
    public bool RunsHere => scheduler.IsRunning;

    public static bool IsThisConsole(string node) => node == Node.ThisProcess.Name;
}

/// <summary>Turns what Quartz says of a store that is away into what the rest of the console understands.</summary>
internal static class StoreCalls
{
    public static async Task<T> TryAsync<T>(string name, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is SchedulerException and not ObjectAlreadyExistsException or System.Data.Common.DbException)
        {
            throw new StoreUnavailableException(name, e.GetBaseException().Message, e);
        }
    }
}
