using OrderConsole.Core.Data;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>
/// Starts the jobs when their store is there, and after the console is served: a store that is away neither keeps the
/// console from starting nor the engine from its work.
/// </summary>
internal sealed partial class JobScheduler(
    JobStore store, JobPlan plan, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<JobScheduler> logger, ISchedulerFactory? schedulers = null) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TurnInterval = TimeSpan.FromSeconds(2);

    private volatile IScheduler? _ready;
    private string _why = "The jobs' store has not answered yet.";

    /// <summary>Whether this console has to do with jobs at all (<c>Jobs:Enabled</c>).</summary>
    public bool IsOn => schedulers is not null;

    /// <summary>Whether this console runs jobs now, and does not only show them.</summary>
    public bool IsRunning { get; private set; }

    /// <exception cref="JobsOffException">This console has none.</exception>
    /// <exception cref="StoreUnavailableException">The jobs' store did not answer at the start.</exception>
    public IScheduler Current => _ready ?? (IsOn ? throw new StoreUnavailableException(store.Name, _why) : throw new JobsOffException());

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (schedulers is null) return;
        await StartedAsync(stop);
        for (var tried = 0; _ready is null && !stop.IsCancellationRequested; tried++)
        {
            try
            {
                await store.PrepareAsync(stop);
                var scheduler = await schedulers.GetScheduler(stop);
                await plan.ApplyAsync(scheduler, stop);
                _ready = scheduler;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                _why = e.GetBaseException().Message;
                if (tried == 0) LogAway(store.Name, _why);
                await PauseAsync(RetryDelay, stop);
            }
        }
        using var turn = store.IsShared ? null : new JobTurn(store.File + ".turn");
        while (turn?.TryTake() == false && !stop.IsCancellationRequested) await PauseAsync(TurnInterval, stop);
        if (stop.IsCancellationRequested) return;
        await _ready!.Start(stop);
        IsRunning = true;
        await PauseAsync(Timeout.InfiniteTimeSpan, stop);
        IsRunning = false;
        // Running jobs hear that they are to stop, and are waited for.
        await _ready!.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
    }

    private async Task StartedAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lifetime.ApplicationStarted);
        await PauseAsync(Timeout.InfiniteTimeSpan, either.Token);
    }

    private async Task PauseAsync(TimeSpan span, CancellationToken cancel) =>
        await Task.Delay(span, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    [LoggerMessage(1401, LogLevel.Warning, "The jobs' store in {Store} can not be used; tried again every second until it can: {Why}")]
    private partial void LogAway(string store, string why);
}

/// <summary>Somebody asks a console for jobs that has none (<c>Jobs:Enabled</c> is false).</summary>
public sealed class JobsOffException() : Exception("This console has no jobs (Jobs:Enabled is false).");
