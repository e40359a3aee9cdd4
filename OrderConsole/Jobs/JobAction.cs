using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Jobs;

/// <summary>An operator's action on jobs; the targets are their names. What is done stands in the jobs' store, the record beside the orders.</summary>
internal abstract class JobAction(OrderDatabase database, TimeProvider time) : OperatorAction
{
    public override async Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel)
    {
        var examined = new List<ExaminedTarget>(targets.Count);
        foreach (var target in targets) examined.Add(new(target, null, await OrOffAsync(() => ExamineAsync(target, cancel))));
        return examined;
    }

    public override async Task DoAsync(ActionBatch batch, CancellationToken cancel)
    {
        foreach (var item in batch.Items)
        {
            var by = JobStarter.Of(batch, batch.Operation.StartedAt ?? time.GetUtcNow());
            var refused = await OrOffAsync(() => DoAsync(item.Target, batch.Parameters, by, cancel));
            await database.WriteAsync(async db =>
            {
                await batch.RecordAsync(db, [refused is null ? ItemOutcome.Done(item) : ItemOutcome.Refused(item, refused)], cancel);
                return refused;
            }, cancel);
        }
    }

    /// <returns>Why it would be refused, or null.</returns>
    protected virtual Task<string?> ExamineAsync(string target, CancellationToken cancel) =>
        Task.FromResult(JobCatalogue.Find(target) is null ? JobRefusals.UnknownJob : null);

    protected virtual Task<string?> DoAsync(string target, OperationParameters parameters, JobStarter by, CancellationToken cancel) =>
        JobCatalogue.Find(target) is { } job ? DoAsync(job, parameters, by, cancel) : Task.FromResult<string?>(JobRefusals.UnknownJob);

    protected virtual Task<string?> DoAsync(JobDefinition job, OperationParameters parameters, JobStarter by, CancellationToken cancel) =>
        throw new NotSupportedException();

    private static async Task<string?> OrOffAsync(Func<Task<string?>> work)
    {
        try
        {
            return await work();
        }
        catch (JobsOffException)
        {
            return JobRefusals.JobsOff;
        }
    }
}

/// <summary>Runs jobs now.</summary>
internal sealed class RunJob(JobEdits jobs, OrderDatabase database, TimeProvider time) : JobAction(database, time)
{
    public const string ActionName = "run_job";
    public override string Name => ActionName;
    public override string Permission => Permissions.RunJob;

    protected override async Task<string?> ExamineAsync(string target, CancellationToken cancel) =>
        JobCatalogue.Find(target) is not { } job ? JobRefusals.UnknownJob : await jobs.IsRunningAsync(job, cancel) ? JobRefusals.RunsAlready : null;

    protected override Task<string?> DoAsync(JobDefinition job, OperationParameters parameters, JobStarter by, CancellationToken cancel) => jobs.RunAsync(job, by, cancel);
}

/// <summary>Has jobs wait, whatever their schedule says, until somebody resumes them.</summary>
internal sealed class PauseJob(JobEdits jobs, OrderDatabase database, TimeProvider time) : JobAction(database, time)
{
    public const string ActionName = "pause_job";
    public override string Name => ActionName;
    public override string Permission => Permissions.EditJob;

    protected override Task<string?> DoAsync(JobDefinition job, OperationParameters parameters, JobStarter by, CancellationToken cancel) => jobs.PauseAsync(job, by, cancel);
}

/// <summary>Has paused jobs follow their schedule again.</summary>
internal sealed class ResumeJob(JobEdits jobs, OrderDatabase database, TimeProvider time) : JobAction(database, time)
{
    public const string ActionName = "resume_job";
    public override string Name => ActionName;
    public override string Permission => Permissions.EditJob;

    protected override Task<string?> DoAsync(JobDefinition job, OperationParameters parameters, JobStarter by, CancellationToken cancel) => jobs.ResumeAsync(job, cancel);
}

/// <summary>Gives jobs another schedule; parameter <c>Cron</c>. It outlasts restarts and deploys.</summary>
internal sealed class RescheduleJob(JobEdits jobs, JobPlan plan, OrderDatabase database, TimeProvider time) : JobAction(database, time)
{
    public const string ActionName = "reschedule_job";
    public override string Name => ActionName;
    public override string Permission => Permissions.EditJob;

    public override void Check(OperationParameters parameters) => Read(parameters);

    protected override Task<string?> DoAsync(JobDefinition job, OperationParameters parameters, JobStarter by, CancellationToken cancel) =>
        jobs.RescheduleAsync(job, Read(parameters), by, cancel);

    private Schedule Read(OperationParameters parameters) => Schedule.TryRead(parameters.Cron ?? "", plan.Zone, out var schedule, out var fault)
        ? schedule
        : throw new InvalidInputException("cron", fault.Words);
}

/// <summary>Gives jobs the schedule back that the settings say.</summary>
internal sealed class ResetJobSchedule(JobEdits jobs, OrderDatabase database, TimeProvider time) : JobAction(database, time)
{
    public const string ActionName = "reset_job_schedule";
    public override string Name => ActionName;
    public override string Permission => Permissions.EditJob;

    protected override Task<string?> DoAsync(JobDefinition job, OperationParameters parameters, JobStarter by, CancellationToken cancel) =>
        jobs.RescheduleAsync(job, null, by, cancel);
}

/// <summary>Asks runs to stop. The targets are the ids of running runs.</summary>
internal sealed class CancelJobRun(JobEdits jobs, OrderDatabase database, TimeProvider time) : JobAction(database, time)
{
    public const string ActionName = "cancel_job_run";
    public override string Name => ActionName;
    public override string Permission => Permissions.RunJob;

    protected override Task<string?> ExamineAsync(string target, CancellationToken cancel) => Task.FromResult<string?>(null);

    protected override Task<string?> DoAsync(string target, OperationParameters parameters, JobStarter by, CancellationToken cancel) => jobs.CancelAsync(target, cancel);
}
