namespace OrderConsole.Live;

/// <summary>
/// Once a second, and every five seconds while nobody looks and nothing is wrong: look, make a snapshot, hand it to the
/// feed. Nothing that goes wrong ends it.
/// </summary>
internal sealed partial class MetricsCollector(Readings readings, SnapshotMaker snapshots, LiveFeed feed, SampleTaker samples, TimeProvider time, ILogger<MetricsCollector> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuietInterval = TimeSpan.FromSeconds(5);
    // Looks that take longer appear in a later snapshot; the snapshot itself is not late.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    // One late look on a busy machine is not worth a line of log.
    private const int RoundsUntilSaid = 3;

    private Dictionary<(string Store, Type Error), int> _failing = [];
    private bool _said;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var startedAt = time.GetTimestamp();
            try
            {
                await LookAsync(feed.IsWatched, stoppingToken);
                feed.Publish(snapshots.Make());
                samples.Offer(stoppingToken);
                ReportChanges();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(e);
            }
            await RestAsync(startedAt, stoppingToken);
        }
    }

    private async Task LookAsync(bool isWatched, CancellationToken stopping)
    {
        var look = readings.RefreshAsync(isWatched, stopping);
        await look.WaitAsync(Patience, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.ThrowIfCancellationRequested();
    }

    private async Task RestAsync(long startedAt, CancellationToken stopping)
    {
        var left = Interval - time.GetElapsedTime(startedAt);
        if (left > TimeSpan.Zero) await Task.Delay(left, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_failing.Count == 0) await feed.UntilWatchedAsync(QuietInterval - Interval, stopping);
    }

    /// <summary>A look that goes on failing is said once, and once more when it succeeds again; not every second.</summary>
    private void ReportChanges()
    {
        var failing = new Dictionary<(string Store, Type Error), int>();
        foreach (var (error, store) in readings.Errors.DistinctBy(e => (e.Store, e.Error.GetType())))
        {
            var rounds = failing[(store, error.GetType())] = _failing.GetValueOrDefault((store, error.GetType())) + 1;
            if (rounds != RoundsUntilSaid) continue;
            // A busy machine answers late; the screen says so. What a store refuses is worth a warning.
            if (error is TimeoutException) ReadsLate(store);
            else CanNotRead(error, store);
            _said = true;
        }
        if (failing.Count == 0 && _said)
        {
            ReadsAgain();
            _said = false;
        }
        _failing = failing;
    }

    [LoggerMessage(1201, LogLevel.Error, "No snapshot this time")]
    private partial void Failed(Exception e);

    [LoggerMessage(1203, LogLevel.Warning, "Figures from {Store} can not be read")]
    private partial void CanNotRead(Exception e, string store);

    [LoggerMessage(1205, LogLevel.Information, "Figures from {Store} did not come in time and are looked for again in 30 s")]
    private partial void ReadsLate(string store);

    [LoggerMessage(1204, LogLevel.Information, "All figures are read again")]
    private partial void ReadsAgain();
}
