using System.Text.Json;
using Quartz;
using Quartz.Extensibility;

namespace OrderConsole.Jobs;

/// <summary>What the jobs have done. Quartz keeps it; this reads it.</summary>
internal sealed class JobHistory(JobStore store, IServiceProvider services)
{
    // A search by text reads runs one after another; so many at most.
    private const int MostSearched = 10_000;
    private const int ReadAtOnce = 500;

    private IExecutionHistoryStore Runs => services.GetKeyedService<IExecutionHistoryStore>(JobServices.SchedulerName)
        ?? services.GetService<IExecutionHistoryStore>() ?? throw new JobsOffException();

    public Task<JobRuns> PageAsync(JobRunFilter filter, int page, int pageSize, CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
    {
        if (filter.Text is { Length: > 0 } text) return await SearchAsync(filter, text, page, pageSize, cancel);
        var found = await Runs.QueryExecutions(Query(filter) with { Skip = (page - 1) * pageSize, Take = pageSize, IncludeTotalCount = true }, cancel);
        return new JobRuns(await OfAsync(found.Items, cancel), page, pageSize, found.TotalCount ?? found.Items.Count);
    });

    /// <summary>One run with its log, or null when it is forgotten.</summary>
    public Task<JobRun?> FindAsync(string id, CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
        await Runs.GetExecution(JobServices.SchedulerName, id, cancel) is { } found ? Of(found) : null);

    /// <summary>The attempts that belong to a run, the first one first.</summary>
    public Task<IReadOnlyList<JobRun>> AttemptsAsync(JobRun run, CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
    {
        var around = TimeSpan.FromMinutes(10);
        var near = await Runs.QueryExecutions(Query(new(Job: run.Job, From: run.StartedAt - around, To: run.StartedAt + around)), cancel);
        var inOrder = (await OfAsync(near.Items, cancel)).OrderBy(r => r.StartedAt).ToList();
        var first = inOrder.FindLastIndex(r => r.Attempt == 0 && r.StartedAt <= run.StartedAt && r.By?.Operation == run.By?.Operation);
        if (first < 0) return [run];
        return (IReadOnlyList<JobRun>)[inOrder[first], .. inOrder.Skip(first + 1).Where(r => r.By?.Operation == run.By?.Operation).TakeWhile(r => r.Attempt > 0)];
    });

    /// <summary>How each job stands, by its name.</summary>
    public Task<IReadOnlyDictionary<string, JobRunStatus>> StatusesAsync(CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
    {
        var found = await Runs.QueryJobRunStatuses(new JobRunStatusQuery { SchedulerName = JobServices.SchedulerName }, cancel);
        return (IReadOnlyDictionary<string, JobRunStatus>)found.Items.Where(s => s.Job.Group == JobCatalogue.Group).ToDictionary(s => s.Job.Name, StringComparer.Ordinal);
    });

    /// <summary>Runs and how long they took, in spans of equal length; a span without runs is left out.</summary>
    /// <param name="job">Null for all of them.</param>
    public Task<IReadOnlyList<ExecutionStatisticsBucket>> SpansAsync(string? job, DateTimeOffset from, TimeSpan span, CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
        (IReadOnlyList<ExecutionStatisticsBucket>)(await Runs.QueryExecutionStatistics(new ExecutionStatisticsQuery
        {
            SchedulerName = JobServices.SchedulerName, Job = job is null ? null : new JobKey(job, JobCatalogue.Group), FiredFrom = from, BucketSize = span,
        }, cancel)).Buckets);

    public Task<JobMissPage> MissesAsync(int page, int pageSize, CancellationToken cancel) => StoreCalls.TryAsync(store.Name, async () =>
    {
        var found = await Runs.QueryMisfires(new MisfireHistoryQuery { SchedulerName = JobServices.SchedulerName, Skip = (page - 1) * pageSize, Take = pageSize, IncludeTotalCount = true }, cancel);
        return new JobMissPage(
            [.. found.Items.Select(m => new JobMiss(m.JobKey?.Name ?? m.TriggerName, m.MisfiredAtUtc, m.ScheduledFireTimeUtc, m.Reason, m.SchedulerInstanceId))],
            page, pageSize, found.TotalCount ?? found.Items.Count);
    });

    private async Task<JobRuns> SearchAsync(JobRunFilter filter, string text, int page, int pageSize, CancellationToken cancel)
    {
        var (matches, looked, more) = (new List<JobRun>(), 0, true);
        for (; more && looked < MostSearched; looked += ReadAtOnce)
        {
            var part = await Runs.QueryExecutions(Query(filter) with { Skip = looked, Take = ReadAtOnce }, cancel);
            matches.AddRange((await OfAsync(part.Items, cancel)).Where(r => Has(r, text)));
            more = part.HasMore;
        }
        return new([.. matches.Skip((page - 1) * pageSize).Take(pageSize)], page, pageSize, matches.Count, !more);
    }

    private static bool Has(JobRun run, string text) =>
        new[] { run.Summary, run.Error, run.By?.By, run.By?.Reason, run.Id }.Any(t => t?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);

    private static ExecutionHistoryQuery Query(JobRunFilter filter) => new()
    {
        SchedulerName = JobServices.SchedulerName,
        Job = filter.Job is null ? null : new JobKey(filter.Job, JobCatalogue.Group),
        Results = filter.Result is { } result ? [result] : null,
        SchedulerInstanceId = filter.Node, FiredFrom = filter.From, FiredBefore = filter.To,
        FailedFinally = filter.FailedFinally ? true : null,
    };

    /// <summary>Lists leave out who asked for a run; it is read one by one, and few are asked for.</summary>
    private async Task<List<JobRun>> OfAsync(IReadOnlyList<ExecutionHistoryEntry> entries, CancellationToken cancel)
    {
        var runs = new List<JobRun>(entries.Count);
        foreach (var entry in entries)
            runs.Add(Of(entry is { Manual: true, Input: null, EntryId: { } id } ? await Runs.GetExecution(JobServices.SchedulerName, id, cancel) ?? entry : entry) with { Log = null });
        return runs;
    }

    private static JobRun Of(ExecutionHistoryEntry e) => new(
        e.EntryId ?? "", e.JobName, e.SchedulerInstanceId, e.FiredAtUtc, e.Duration, e.EffectiveResult, e.RetryAttempt, e.RetryScheduled,
        e.ExceptionMessage, e.Summary, Figures(e.MetricsJson), JobStarter.Read(e.Input), e.FireInstanceId, e.Log);

    private static Dictionary<string, long> Figures(string? json)
    {
        try
        {
            return json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, long>>(json) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
