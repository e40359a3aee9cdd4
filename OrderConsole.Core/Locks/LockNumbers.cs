using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Locks;

/// <summary>
/// Keeps every console's numbers about locks by day in the database, for 31 days: a restart loses ten seconds of them at
/// most. Bounded: a row a console and day, the 100 hottest orders and the 20 nearest misses of a day.
/// </summary>
public sealed partial class LockNumbers(OrderDatabase database, TimeoutMeters meters, TimeProvider time, ILogger<LockNumbers> logger) : BackgroundService
{
    public const int MostHot = 100;
    private const int DaysKept = 31;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private int _prunedOn;

    /// <summary>The numbers of the day that <paramref name="at"/> lies in, in UTC.</summary>
    public Task<LockReport> ReadAsync(DateTimeOffset at, CancellationToken cancel)
    {
        var day = DayOf(at);
        return database.ReadAsync(async db => new LockReport(
            StartOf(day),
            await db.LockNumbers.Where(n => n.Day == day).OrderByDescending(n => n.Lost).ThenBy(n => n.Node).Take(100).ToListAsync(cancel),
            await db.HotLocks.Where(h => h.Day == day).OrderByDescending(h => h.Lost).ThenBy(h => h.OrderNo).Take(20).ToListAsync(cancel),
            await db.NearMisses.Where(m => m.Day == day).OrderBy(m => m.Share).ThenBy(m => m.OrderNo).Take(LockMeters.WorstKept).ToListAsync(cancel)));
    }

    /// <summary>The 99th percentile of how long locks were held, of the slowest console lately; null when none cancelled anything since yesterday.</summary>
    public async Task<TimeSpan?> UsualHoldAsync(CancellationToken cancel)
    {
        var yesterday = DayOf(time.GetUtcNow()) - 1;
        var slowest = await database.ReadAsync(db => db.LockNumbers.Where(n => n.Day >= yesterday).MaxAsync(n => n.HoldP99, cancel));
        return slowest is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    /// <summary>Writes what happened since the last time.</summary>
    internal async Task KeepAsync(CancellationToken cancel)
    {
        var tally = meters.Locks.Take();
        if (tally.IsEmpty) return;
        var (day, now) = (DayOf(time.GetUtcNow()), time.GetUtcNow().ToUnixTimeMilliseconds());
        try
        {
            await database.WriteIndexAsync(db => WriteAsync(db, tally, day, now, cancel), cancel);
        }
        catch
        {
            meters.Locks.GiveBack(tally.Counts);
            throw;
        }
        if (_prunedOn == day) return;
        await database.WriteIndexAsync(async db =>
        {
            await db.LockNumbers.Where(n => n.Day < day - DaysKept).ExecuteDeleteAsync(cancel);
            await db.HotLocks.Where(h => h.Day < day - DaysKept).ExecuteDeleteAsync(cancel);
            return await db.NearMisses.Where(m => m.Day < day - DaysKept).ExecuteDeleteAsync(cancel);
        }, cancel);
        _prunedOn = day;
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await KeepAsync(CancellationToken.None);
            }
            catch (StoreUnavailableException)
            {
                // The counts wait for the next time.
            }
            catch (Exception e)
            {
                LogFailed(e);
            }
        }
    }

    private async Task<int> WriteAsync(OrdersDb db, LockTally tally, int day, long now, CancellationToken cancel)
    {
        var hot = SqlFile.Json(tally.Hot.OrderBy(h => h.Key, StringComparer.Ordinal), (json, h) => 
        {
            json.WriteStringValue(h.Key);
            json.WriteNumberValue(h.Value.Attempts);
            json.WriteNumberValue(h.Value.Lost);
            json.WriteNumberValue(h.Value.Waited);
        });
        var worst = SqlFile.Json(tally.Worst.GroupBy(m => m.OrderNo, StringComparer.Ordinal).Select(g => g.MinBy(m => m.Share)).OrderBy(m => m.OrderNo, StringComparer.Ordinal), (json, m) =>
        {
            json.WriteStringValue(m.OrderNo);
            json.WriteNumberValue((long)m.Left.TotalMilliseconds);
            json.WriteNumberValue((long)m.Lease.TotalMilliseconds);
            json.WriteNumberValue(Math.Round(m.Share, 6));
            json.WriteNumberValue(m.At.ToUnixTimeMilliseconds());
        });
        var counts = tally.Counts;
        await RunAsync(db, "keep_lock_numbers.sql", cancel, ("day", day), ("node", Node.ThisProcess.Name), ("at", now),
            ("attempts", counts.Attempts), ("lost", counts.Lost), ("waited", counts.Waited), ("cancelled", counts.Cancelled),
            ("commits", counts.Commits), ("near_misses", counts.NearMisses), ("late_refused", counts.LateRefused), ("hold_p99", tally.HoldP99));
        if (tally.Hot.Count > 0) await RunAsync(db, "keep_hot_locks.sql", cancel, ("rows", hot), ("day", day), ("at", now), ("most", MostHot));
        if (tally.Worst.Count > 0)
            await RunAsync(db, "keep_near_misses.sql", cancel, ("rows", worst), ("day", day), ("node", Node.ThisProcess.Name), ("most", LockMeters.WorstKept));
        return 0;
    }

    private async Task RunAsync(OrdersDb db, string file, CancellationToken cancel, params (string, object?)[] parameters)
    {
        await using var command = db.Command(SqlFile.Text(file, database.Provider), parameters);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static int DayOf(DateTimeOffset at) => (int)(at.ToUnixTimeSeconds() / 86_400);
    private static DateTimeOffset StartOf(int day) => DateTimeOffset.FromUnixTimeSeconds(day * 86_400L);

    [LoggerMessage(120, LogLevel.Error, "Keeping the numbers about locks failed; they wait for the next time")]
    private partial void LogFailed(Exception error);
}
