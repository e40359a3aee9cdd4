using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrderConsole.Core.Data;

/// <summary>
/// Brings the schema up to date before anything else begins. A database that is away does not keep the console from
/// starting: it is tried again until it is there.
/// </summary>
public sealed partial class DatabaseUpgrade(OrderDatabase database, TimeProvider time, ILogger<DatabaseUpgrade> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Whether the schema is up to date.</summary>
    public bool IsDone { get; private set; }

    public override async Task StartAsync(CancellationToken cancel)
    {
        await base.StartAsync(cancel);
        // With the database there, nobody meets a schema that is not; without it, the start goes on after a while.
        await Task.WhenAny(ExecuteTask!, Task.Delay(Patience, time, cancel));
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        for (var tried = 0; !stop.IsCancellationRequested; tried++)
        {
            try
            {
                await database.MigrateAsync(stop);
                IsDone = true;
                return;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                if (tried == 0) LogAway(database.StoreName, e.GetBaseException().Message);
                await Task.Delay(RetryDelay, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(80, LogLevel.Warning, "{Store} can not be brought up to date; tried again every second until it can: {Why}")]
    private partial void LogAway(string store, string why);
}
