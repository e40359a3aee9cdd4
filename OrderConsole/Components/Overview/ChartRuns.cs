using OrderConsole.Core.Telemetry;

namespace OrderConsole.Components.Overview;

/// <param name="Second">Seconds before the chart's end, zero or negative.</param>
public sealed record ChartPoint(double Second, double Value);

/// <summary>Points without a hole between them.</summary>
/// <param name="Color">Of the line it belongs to.</param>
public sealed record ChartRun(string Title, string Color, IReadOnlyList<ChartPoint> Points);

/// <summary>
/// What a chart draws. A hole in the figures ends a run: nothing is drawn where nothing is known. The chart ends with the
/// last span, so that a point keeps its height while it moves left.
/// </summary>
public sealed record ChartRuns(IReadOnlyList<ChartRun> Runs, double Start, double? Highest, double? Last)
{
    public static ChartRuns None { get; } = new([], 0, null, null);

    private static readonly string[] Colors = ["var(--chart)", "var(--warn)", "var(--bad)"];

    public static ChartRuns Of(IReadOnlyList<SampleSpan> spans, SampleRange range, IReadOnlyList<ChartLine> lines)
    {
        var start = -range.Length.TotalSeconds;
        if (spans.Count == 0) return None with { Start = start, Runs = [Empty(lines)] };
        var runs = lines.SelectMany((line, i) => RunsOf(line, Colors[i % Colors.Length], spans, range)).ToList();
        var values = runs.SelectMany(r => r.Points).Select(p => p.Value).ToList();
        return new(runs.Count > 0 ? runs : [Empty(lines)], start, values.Count > 0 ? values.Max() : null, lines[^1].Of(spans[^1]));
    }

    // The library draws no axes without a series.
    private static ChartRun Empty(IReadOnlyList<ChartLine> lines) => new(lines[0].Title, Colors[0], []);

    private static List<ChartRun> RunsOf(ChartLine line, string color, IReadOnlyList<SampleSpan> spans, SampleRange range)
    {
        var runs = new List<ChartRun>();
        var (points, previous) = (new List<ChartPoint>(), DateTimeOffset.MinValue);
        foreach (var span in spans)
        {
            var second = (span.At - spans[^1].At).TotalSeconds;
            if (line.Of(span) is not { } value || second < -range.Length.TotalSeconds) continue;
            if (points.Count == 0 || (span.At - previous).TotalSeconds > range.Step) runs.Add(new(line.Title, color, points = []));
            points.Add(new(second, value));
            previous = span.At;
        }
        return runs;
    }
}
