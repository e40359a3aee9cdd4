using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Telemetry;

/// <summary>
/// Keeps the figures of the past: ten seconds for two hours, minutes for two days, hours for ninety days. Any console may
/// write, roll up and prune; who comes second changes nothing.
/// </summary>
public sealed class SampleStore(OrderDatabase database)
{
    public const int Shortest = 10, Minute = 60, Hour = 3600;

    // A console that writes a moment late is still in time for the longer span.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);
    private static readonly (int Resolution, TimeSpan Kept)[] Ages =
        [(Shortest, TimeSpan.FromHours(2)), (Minute, TimeSpan.FromDays(2)), (Hour, TimeSpan.FromDays(90))];

    /// <summary>The lengths of spans in seconds.</summary>
    public static IReadOnlyList<int> Resolutions { get; } = [.. Ages.Select(a => a.Resolution)];

    /// <summary>The beginning of the span that a moment is in.</summary>
    /// <param name="seconds">The length of the span.</param>
    public static DateTimeOffset SpanOf(DateTimeOffset moment, int seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(moment.ToUnixTimeSeconds() / seconds * seconds);

    /// <summary>Writes a sample unless its span has one already.</summary>
    /// <returns>Whether this one counts.</returns>
    public async Task<bool> WriteAsync(MetricSample sample, CancellationToken cancel) => await database.WriteIndexAsync(async db =>
    {
        if (await db.MetricSamples.AnyAsync(s => s.Resolution == sample.Resolution && s.At == sample.At, cancel)) return false;
        db.MetricSamples.Add(sample);
        await db.SaveChangesAsync(cancel);
        return true;
    }, cancel);

    /// <summary>Makes minutes and hours of what ended before <paramref name="now"/>.</summary>
    public Task RollUpAsync(DateTimeOffset now, CancellationToken cancel) => database.WriteIndexAsync(async db =>
    {
        foreach (var (source, target) in new[] { (Shortest, Minute), (Minute, Hour) })
        {
            await using var command = db.Command(SqlFile.Text("roll_up_samples.sql", database.Provider),
                ("source", source), ("target", target), ("until", SpanOf(now - Grace, target).ToUnixTimeMilliseconds()));
            await command.ExecuteNonQueryAsync(cancel);
        }
        return 0;
    }, cancel);

    /// <summary>Deletes what is too old; only whole hours, so that nothing is rolled up from a part.</summary>
    /// <returns>How many were deleted.</returns>
    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancel) => database.WriteIndexAsync(async db =>
    {
        var deleted = 0;
        foreach (var (resolution, kept) in Ages)
        {
            var oldest = SpanOf(now - kept, Hour);
            deleted += await db.MetricSamples.Where(s => s.Resolution == resolution && s.At < oldest).ExecuteDeleteAsync(cancel);
        }
        return deleted;
    }, cancel);

    /// <summary>The drain speed that was measured last, by whichever consoles ran then; null when none ever was.</summary>
    public Task<double?> LastDrainAsync(CancellationToken cancel) => database.ReadAsync(db =>
        db.MetricSamples.Where(s => s.DrainPerSecond != null).OrderByDescending(s => s.At).Select(s => s.DrainPerSecond).FirstOrDefaultAsync(cancel));

    /// <summary>The spans of a chart that ends at <paramref name="now"/>, oldest first. A span without figures is left out.</summary>
    public Task<IReadOnlyList<SampleSpan>> ReadAsync(SampleRange range, DateTimeOffset now, CancellationToken cancel) => database.ReadRowsAsync("samples.sql", async reader =>
    {
        var spans = new List<SampleSpan>();
        while (await reader.ReadAsync(cancel)) spans.Add(SampleSpan.Read(reader));
        return (IReadOnlyList<SampleSpan>)spans;
    }, cancel, ("resolution", range.Resolution), ("step", range.Step), ("from", SpanOf(now - range.Length, range.Step).ToUnixTimeMilliseconds()));
}
