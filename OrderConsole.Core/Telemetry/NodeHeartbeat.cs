using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Telemetry;

/// <summary>Writes this node's sign of life and totals once a second, so that any console can show all.</summary>
public sealed partial class NodeHeartbeat(
    OrderDatabase database, TimeoutMeters meters, ProcessorHealth health, TimeProvider time, ILogger<NodeHeartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private readonly long _startedAt = time.GetTimestamp();
    private bool _written;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await BeatAsync(stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                if (e is not StoreUnavailableException) LogFailed(e);
            }
            await Task.Delay(Interval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task BeatAsync(CancellationToken cancel)
    {
        await database.WriteIndexAsync(db => WriteAsync(db, cancel), cancel);
        if (_written) return;
        var forgotten = await database.NowAsync(cancel) - Forgotten;
        await database.WriteIndexAsync(db => db.Nodes.Where(n => n.SeenAt < forgotten).ExecuteDeleteAsync(cancel), cancel);
        _written = true;
    }

    private async Task<int> WriteAsync(OrdersDb db, CancellationToken cancel)
    {
        var (lateness, now) = (meters.RecentLateness.Quantiles(0.5, 0.95, 0.99), time.GetUtcNow());
        await using var command = db.Command(SqlFile.Text("heartbeat.sql", database.Provider),
            ("name", Node.ThisProcess.Name), ("now", now.ToUnixTimeMilliseconds()), ("clock_at", now.ToUnixTimeMilliseconds()),
            ("started_ago", (long)time.GetElapsedTime(_startedAt).TotalMilliseconds), ("polled_ago", (long?)(now - health.LastProgressAt)?.TotalMilliseconds),
            ("claimed", meters.TotalClaimed), ("cancelled", meters.TotalCancelled), ("lock_attempts", meters.TotalLockAttempts),
            ("locks_lost", meters.TotalLocksLost), ("failed", meters.TotalFailed),
            ("lateness_p50", lateness[0]), ("lateness_p95", lateness[1]), ("lateness_p99", lateness[2]), ("drain_per_second", meters.Drain.PerSecond));
        return await command.ExecuteNonQueryAsync(cancel);
    }

    [LoggerMessage(70, LogLevel.Error, "Writing the sign of life failed; the next one follows")]
    private partial void LogFailed(Exception error);
}
