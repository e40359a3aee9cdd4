using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Operations;
using OrderConsole.Jobs;
using Quartz;

namespace OrderConsole.Api;

/// <summary><c>/api/jobs</c>: the recurring work, on all consoles: look, run, pause, resume, history.</summary>
internal static class JobsApi
{
    public static void MapJobs(this IEndpointRouteBuilder api)
    {
        api.MapGet("/jobs", ListAsync).WithName("listJobs").WithSummary("A page of the jobs: the schedule of each, how it stands and how it went last.")
            .WithQuery(ApiDocument.Paging("Jobs")).WithProblems(JobRefusals.JobsOff, ProblemCodes.Invalid);
        api.MapPost("/jobs/{name}/run", RunAsync).Requires(Permissions.RunJob).WithName("runJob").WithSummary("Have a job run once, now, whether it is paused or not. The body may be left out.")
            .WithProblems(JobRefusals.UnknownJob, JobRefusals.RunsAlready, JobRefusals.JobsOff, OperationRefusedException.ReadOnly).WithBodyProblems();
        api.MapPost("/jobs/{name}/pause", PauseAsync).Requires(Permissions.EditJob).WithName("pauseJob").WithSummary("Have a job wait, whatever its schedule says.")
            .WithProblems(JobRefusals.UnknownJob, JobRefusals.PausedAlready, JobRefusals.NoSchedule, JobRefusals.JobsOff, OperationRefusedException.ReadOnly).WithBodyProblems();
        api.MapPost("/jobs/{name}/resume", ResumeAsync).Requires(Permissions.EditJob).WithName("resumeJob").WithSummary("Have a paused job follow its schedule again. The body may be left out.")
            .WithProblems(JobRefusals.UnknownJob, JobRefusals.NotPaused, JobRefusals.JobsOff, OperationRefusedException.ReadOnly).WithBodyProblems();
        api.MapGet("/jobs/{name}/runs", RunsAsync).WithName("listJobRuns").WithSummary("A page of a job's runs, latest first.")
            .WithQuery([ApiDocument.Words<JobRunResult>("result", "Only runs that ended so."), .. ApiDocument.Paging("Runs")])
            .WithProblems(JobRefusals.UnknownJob, JobRefusals.JobsOff, ProblemCodes.Invalid);
    }

    private static async Task<Ok<JobPageBody>> ListAsync(HttpRequest request, JobBoard board, CancellationToken cancel)
    {
        var query = new QueryReader(request.Query, "page", "pageSize");
        var (page, pageSize) = (query.Page, query.PageSize);
        var rows = await OrOffAsync(() => board.RowsAsync(cancel));
        return TypedResults.Ok(new JobPageBody([.. rows.Skip((page - 1) * pageSize).Take(pageSize).Select(JobBody.Of)], page, pageSize, rows.Count));
    }

    private static Task<Ok<JobBody>> RunAsync(string name, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] RunJobBody? body, OneTarget gate, JobBoard board, CancellationToken cancel) =>
        ActAsync(RunJob.ActionName, name, body?.Reason ?? OneTarget.NoReason, new() { Whole = body?.Whole }, gate, board, cancel);

    private static Task<Ok<JobBody>> PauseAsync(string name, ReasonBody body, OneTarget gate, JobBoard board, CancellationToken cancel) =>
        ActAsync(PauseJob.ActionName, name, body.Reason, OperationParameters.None, gate, board, cancel);

    private static Task<Ok<JobBody>> ResumeAsync(string name, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] ReasonBody? body, OneTarget gate, JobBoard board, CancellationToken cancel) =>
        ActAsync(ResumeJob.ActionName, name, body?.Reason ?? OneTarget.NoReason, OperationParameters.None, gate, board, cancel);

    private static async Task<Ok<JobBody>> ActAsync(
        string action, string name, string? reason, OperationParameters parameters, OneTarget gate, JobBoard board, CancellationToken cancel)
    {
        var job = Known(name);
        await gate.DoAsync(action, job.Name, parameters, reason, cancel);
        return TypedResults.Ok(JobBody.Of(await OrOffAsync(() => board.RowAsync(job, cancel))));
    }

    private static async Task<Ok<JobRunPageBody>> RunsAsync(string name, HttpRequest request, JobHistory history, CancellationToken cancel)
    {
        var job = Known(name);
        var query = new QueryReader(request.Query, "result", "page", "pageSize");
        var found = await OrOffAsync(() => history.PageAsync(new(job.Name, query.Word<JobRunResult>("result")), query.Page, query.PageSize, cancel));
        return TypedResults.Ok(new JobRunPageBody([.. found.Items.Select(JobRunBody.Of)], found.Page, found.PageSize, found.Total));
    }

    private static JobDefinition Known(string name) =>
        JobCatalogue.Find(name) ?? throw new OperationRefusedException(JobRefusals.UnknownJob, $"There is no job of this name; there are {string.Join(", ", JobCatalogue.All.Select(j => j.Name))}.");

    private static async Task<T> OrOffAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (JobsOffException e)
        {
            throw new OperationRefusedException(JobRefusals.JobsOff, e.Message);
        }
    }
}

/// <param name="Reason">Why, for the record; 1 to 200 characters.</param>
/// <param name="Whole">reconcile: compare everything instead of what is due soon.</param>
public sealed record RunJobBody(string? Reason, bool? Whole);

public sealed record JobPageBody(IReadOnlyList<JobBody> Items, int Page, int PageSize, long Total);

/// <summary>A job and how it stands.</summary>
/// <param name="Schedule">Five, six or seven cron fields; null when it runs only on request.</param>
/// <param name="SettingsSchedule">What the settings say; it differs when an operator changed the schedule.</param>
/// <param name="Paused">Who paused it, when and why; null while it follows its schedule.</param>
/// <param name="Failures">Failed runs in a row.</param>
public sealed record JobBody(
    string Name, string? Schedule, string? SettingsSchedule, string? TimeZone, JobPauseBody? Paused, DateTimeOffset? NextAt, bool Running,
    JobRunResult? LastResult, DateTimeOffset? LastAt, TimeSpan? LastTook, string? LastNode, DateTimeOffset? LastSucceededAt, int Failures)
{
    internal static JobBody Of(JobRow row) => new(
        row.Name, row.Schedule?.Shown, row.Setting?.Shown, row.Schedule?.Cron.TimeZone.Id,
        row.IsPaused ? new(row.Pause?.PausedAtUtc, row.Pause?.RequestedBy, row.Pause?.Reason) : null, row.IsPaused ? null : row.NextAt, row.Running is not null,
        row.Status?.LastResult, row.Status?.LastFiredAtUtc, row.Status?.LastDuration, row.Status?.LastSchedulerInstanceId, row.Status?.LastSucceededAtUtc,
        row.Status?.ConsecutiveFailures ?? 0);
}

public sealed record JobPauseBody(DateTimeOffset? At, string? By, string? Reason);

public sealed record JobRunPageBody(IReadOnlyList<JobRunBody> Items, int Page, int PageSize, long Total);

/// <summary>A run of a job, or one attempt of it.</summary>
/// <param name="Attempt">0 for the first.</param>
/// <param name="WillRetry">It failed and is tried again.</param>
/// <param name="By">Who asked for it; null when its schedule did.</param>
/// <param name="Operation">The receipt of who asked for it.</param>
public sealed record JobRunBody(
    string Id, string Job, string Node, DateTimeOffset StartedAt, TimeSpan Took, JobRunResult Result, int Attempt, bool WillRetry,
    string? Error, string? Summary, IReadOnlyDictionary<string, long> Figures, string? By, string? Reason, long? Operation)
{
    internal static JobRunBody Of(JobRun r) => new(
        r.Id, r.Job, r.Node, r.StartedAt, r.Took, r.Result, r.Attempt, r.WillRetry, r.Error, r.Summary, r.Figures, r.By?.By, r.By?.Reason, r.By?.Operation);
}
