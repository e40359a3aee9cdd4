using OrderConsole.Core;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>The jobs, their store and what people do with them.</summary>
internal static class JobServices
{
    public const string SchedulerName = "orders";
    private static readonly TimeSpan NothingDone = TimeSpan.FromDays(1);

    public static void AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var options = JobOptions.Read(builder.Configuration);
        services.AddSettings<JobOptions>(builder.Configuration, JobOptions.Section);
        services.AddSingleton(options);
        services.AddSingleton<JobStore>();
        services.AddSingleton<JobPlan>();
        services.AddSingleton<JobBoard>();
        services.AddSingleton<JobHistory>();
        services.AddSingleton<JobEdits>();
        services.AddSingleton<JobScheduler>();
        services.AddSingleton<JobWatch>();
        services.AddSingleton<OperatorAction, RunJob>();
        services.AddSingleton<OperatorAction, PauseJob>();
        services.AddSingleton<OperatorAction, ResumeJob>();
        services.AddSingleton<OperatorAction, RescheduleJob>();
        services.AddSingleton<OperatorAction, ResetJobSchedule>();
        services.AddSingleton<OperatorAction, CancelJobRun>();
        services.AddHealthChecks().AddCheck<JobsCheck>("jobs", timeout: TimeSpan.FromSeconds(3));
        services.AddHostedService(p => p.GetRequiredService<JobScheduler>());
        services.AddHostedService(p => p.GetRequiredService<JobWatch>());
        if (options.Enabled) services.AddQuartz(options, Stores.Read(builder.Configuration), WorksOnOrders(builder.Configuration));
    }

    private static void AddQuartz(this IServiceCollection services, JobOptions options, Stores stores, bool worksOnOrders)
    {
        services.AddQuartzExecutionHistory(history =>
        {
            (history.Retention, history.MaxEntriesPerScheduler, history.RecordInput) = (options.Retention, options.MaxRuns, true);
            history.RetentionByResult[JobRunResult.Skipped] = options.Retention < NothingDone ? options.Retention : NothingDone;
        });
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(s =>
            {
                (s.InstanceName, s.InstanceId) = (SchedulerName, Node.ThisProcess.Name);
                (s.DefaultTimeZone, s.ShutdownJobInterruption) = (options.Zone, ShutdownJobInterruption.Always);
                // How soon a console hears of what another one changed.
                s.IdleWaitTime = TimeSpan.FromSeconds(10);
            });
            quartz.UseDefaultThreadPool(JobCatalogue.All.Count);
            quartz.UsePersistentStore(store => new JobStore(stores).Use(store));
            quartz.UseExecutionLogCapture();
            quartz.AddJobMiddleware<StoppedRuns>();
            if (!worksOnOrders) quartz.RefuseExecutionGroups(JobDefinition.EngineGroup);
        });
    }

    private static bool WorksOnOrders(IConfiguration configuration)
    {
        var timeouts = new TimeoutOptions();
        SettingsSection.Bind(configuration, "Timeouts", timeouts);
        return timeouts.Enabled;
    }
}
