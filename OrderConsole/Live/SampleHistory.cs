using OrderConsole.Core.Telemetry;

namespace OrderConsole.Live;

/// <summary>What the charts show, read once for all pages that are open; a page asks again with each snapshot.</summary>
public sealed class SampleHistory(SampleStore samples, TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(SampleStore.Shortest);
    private readonly Lock _gate = new();
    private readonly Dictionary<SampleRange, (Task<IReadOnlyList<SampleSpan>> Read, DateTimeOffset Span, long At)> _read = [];

    /// <summary>The same list until there may be a newer one.</summary>
    public Task<IReadOnlyList<SampleSpan>> ReadAsync(SampleRange range)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            // A span's sample is written in the moments after its end.
            var span = SampleStore.SpanOf(now.AddSeconds(-2), SampleStore.Shortest);
            if (_read.TryGetValue(range, out var last) && (!last.Read.IsCompleted || (last.Read.IsCompletedSuccessfully && last.Span == span)
                || (last.Read.IsFaulted && time.GetElapsedTime(last.At) < Shortest))) return last.Read;
            // Off the page's thread: SQLite reads on its caller's.
            var read = Task.Run(() => samples.ReadAsync(range, now, CancellationToken.None));
            _read[range] = (read, span, time.GetTimestamp());
            return read;
        }
    }
}
