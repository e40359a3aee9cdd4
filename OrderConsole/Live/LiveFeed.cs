using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OrderConsole.Live;

/// <summary>
/// The one source of live figures: hands each snapshot to every subscriber in this process, and keeps ten minutes for
/// charts. A subscriber that is slow misses snapshots; it never holds up the others.
/// </summary>
public sealed class LiveFeed(TimeProvider time)
{
    public const int HistoryLength = 600;
    private static readonly TimeSpan TooOld = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Queue<LivePoint> _history = new(HistoryLength);
    private ImmutableArray<Channel<MetricsSnapshot>> _subscribers = [];
    private volatile MetricsSnapshot? _last;

    /// <summary>The last snapshot; one without figures when there is none, or when the looking has stopped.</summary>
    public MetricsSnapshot Latest
    {
        get
        {
            var now = time.GetUtcNow();
            return _last switch
            {
                null => MetricsSnapshot.Unread(now),
                { } last when now - last.At > TooOld => MetricsSnapshot.Unread(now,
                    new LiveProblem(LiveProblemCodes.FiguresStale, null, $"The last look at the stores was at {last.At:u}.")),
                { } last => last,
            };
        }
    }

    /// <summary>The last ten minutes, oldest first.</summary>
    public IReadOnlyList<LivePoint> History
    {
        get { lock (_gate) return [.. _history]; }
    }

    public void Publish(MetricsSnapshot snapshot)
    {
        ImmutableArray<Channel<MetricsSnapshot>> subscribers;
        lock (_gate)
        {
            _last = snapshot;
            if (_history.Count == HistoryLength) _history.Dequeue();
            _history.Enqueue(new(snapshot.At, snapshot.Rates.CancelledPerSecond));
            subscribers = _subscribers;
        }
        foreach (var subscriber in subscribers) subscriber.Writer.TryWrite(snapshot);
    }

    /// <summary>The last snapshot at once, then each new one, until cancelled.</summary>
    public async IAsyncEnumerable<MetricsSnapshot> SubscribeAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var channel = Channel.CreateBounded<MetricsSnapshot>(new BoundedChannelOptions(2) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_gate)
        {
            _subscribers = _subscribers.Add(channel);
            if (_last is { } last) channel.Writer.TryWrite(last);
        }
        try
        {
            await foreach (var snapshot in channel.Reader.ReadAllAsync(cancel)) yield return snapshot;
        }
        finally
        {
            lock (_gate) _subscribers = _subscribers.Remove(channel);
        }
    }
}

/// <summary>One second of the chart; null where the figure could not be read.</summary>
public readonly record struct LivePoint(DateTimeOffset At, double? CancelledPerSecond);
