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

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
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

    private Task<int> BeatAsync(CancellationToken cancel) => database.WriteIndexAsync(async db =>
    {
        var row = Row();
        await using var command = db.Command(SqlFile.Text("heartbeat.sql", database.Provider),
            ("name", row.Name), ("started_at", row.StartedAt.ToUnixTimeMilliseconds()), ("seen_at", row.SeenAt.ToUnixTimeMilliseconds()),
            ("polled_at", row.PolledAt?.ToUnixTimeMilliseconds()), ("claimed", row.Claimed), ("cancelled", row.Cancelled),
            ("lock_attempts", row.LockAttempts), ("locks_lost", row.LocksLost), ("failed", row.Failed),
            ("lateness_p50", row.LatenessP50), ("lateness_p95", row.LatenessP95), ("lateness_p99", row.LatenessP99), ("drain_per_second", row.DrainPerSecond));
        var saved = await command.ExecuteNonQueryAsync(cancel);
        if (!_written) await db.Nodes.Where(n => n.SeenAt < row.SeenAt - Forgotten).ExecuteDeleteAsync(cancel);
        _written = true;
        return saved;
    }, cancel);

    private NodeRow Row()
    {
        var lateness = meters.RecentLateness.Quantiles(0.5, 0.95, 0.99);
        return new NodeRow
        {
            Name = Node.ThisProcess.Name, StartedAt = _startedAt, SeenAt = time.GetUtcNow(), PolledAt = health.LastProgressAt,
            Claimed = meters.TotalClaimed, Cancelled = meters.TotalCancelled, LockAttempts = meters.TotalLockAttempts,
            LocksLost = meters.TotalLocksLost, Failed = meters.TotalFailed,
            LatenessP50 = lateness[0], LatenessP95 = lateness[1], LatenessP99 = lateness[2],
            DrainPerSecond = meters.Drain.PerSecond,
        };
    }

    [LoggerMessage(70, LogLevel.Error, "Writing the sign of life failed; the next one follows")]
    private partial void LogFailed(Exception error);
}
