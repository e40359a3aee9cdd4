using OrderConsole.Live;

namespace OrderConsole.Components.Overview;

/// <param name="Second">Seconds before now, zero or negative.</param>
public sealed record ChartPoint(double Second, double PerSecond)
{
    private const int Width = 5;

    /// <summary>
    /// Means over five seconds each, on a fixed grid so that a point keeps its height while it moves left. A hole in the
    /// figures ends a run: nothing is drawn where nothing was read.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<ChartPoint>> Runs(IReadOnlyList<LivePoint> points)
    {
        if (points.Count == 0) return [];
        var now = points[^1].At.ToUnixTimeSeconds() / Width;
        var runs = new List<List<ChartPoint>>();
        var previous = long.MinValue;
        foreach (var bucket in points.Where(p => p.CancelledPerSecond is not null).GroupBy(p => p.At.ToUnixTimeSeconds() / Width))
        {
            if ((bucket.Key - now) * Width < -LiveFeed.HistoryLength) continue;
            if (bucket.Key != previous + 1) runs.Add([]);
            previous = bucket.Key;
            runs[^1].Add(new((bucket.Key - now) * Width, Math.Round(bucket.Average(p => p.CancelledPerSecond!.Value), 2)));
        }
        return runs;
    }
}
