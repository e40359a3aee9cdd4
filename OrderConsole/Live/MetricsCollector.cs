namespace OrderConsole.Live;

/// <summary>Once a second: look, make a snapshot, hand it to the feed. Nothing that goes wrong ends it.</summary>
internal sealed partial class MetricsCollector(Readings readings, SnapshotMaker snapshots, LiveFeed feed, TimeProvider time, ILogger<MetricsCollector> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    // Looks that take longer appear in a later snapshot; the snapshot itself is not late.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await Task.WhenAny(readings.RefreshAsync(stoppingToken), Task.Delay(Patience, time, stoppingToken));
                stoppingToken.ThrowIfCancellationRequested();
                feed.Publish(snapshots.Make());
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(e);
            }
        }
        while (!stoppingToken.IsCancellationRequested && await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1201, LogLevel.Error, "No snapshot this time")]
    private partial void Failed(Exception e);
}
