using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OrderConsole.Live;

/// <summary>
/// The one source of live figures: hands each snapshot to every subscriber in this process. A subscriber that is slow
/// misses snapshots; it never holds up the others. It knows whether anybody looks: for nobody the stores are asked seldom.
/// </summary>
public sealed class LiveFeed(TimeProvider time)
{
    // While nobody looks there is a snapshot every five seconds.
    private static readonly TimeSpan TooOld = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Current = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan AskedLately = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private ImmutableArray<Channel<MetricsSnapshot>> _subscribers = [];
    private volatile MetricsSnapshot? _last;
    private TaskCompletionSource _watched = NewSignal(), _published = NewSignal();
    private long? _askedAt;

    /// <summary>Whether anybody follows, or has asked within the last ten seconds.</summary>
    public bool IsWatched
    {
        get { lock (_gate) return _subscribers.Length > 0 || (_askedAt is { } asked && time.GetElapsedTime(asked) < AskedLately); }
    }

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
                    new LiveProblem(LiveProblemCodes.FiguresStale, null, $"{last.At:u}")),
                { } last => last,
            };
        }
    }

    /// <summary>The last snapshot, or the next one when that is not from the last moments; waits a second at most.</summary>
    public async Task<MetricsSnapshot> FreshAsync(CancellationToken cancel)
    {
        Task published;
        lock (_gate)
        {
            published = _published.Task;
            _askedAt = time.GetTimestamp();
            _watched.TrySetResult();
        }
        if (_last is { } last && time.GetUtcNow() - last.At < Current) return last;
        await published.WaitAsync(TimeSpan.FromSeconds(1), time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Latest;
    }

    /// <summary>Waits until somebody looks, for <paramref name="longest"/> at most.</summary>
    public async Task UntilWatchedAsync(TimeSpan longest, CancellationToken cancel)
    {
        Task watched;
        lock (_gate)
        {
            if (_watched.Task.IsCompleted) _watched = NewSignal();
            watched = _watched.Task;
        }
        if (IsWatched) return;
        await watched.WaitAsync(longest, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Publish(MetricsSnapshot snapshot)
    {
        ImmutableArray<Channel<MetricsSnapshot>> subscribers;
        TaskCompletionSource published;
        lock (_gate)
        {
            _last = snapshot;
            subscribers = _subscribers;
            (published, _published) = (_published, NewSignal());
        }
        published.TrySetResult();
        foreach (var subscriber in subscribers) subscriber.Writer.TryWrite(snapshot);
    }

    /// <summary>The last snapshot at once, then each new one, until cancelled.</summary>
    public async IAsyncEnumerable<MetricsSnapshot> SubscribeAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var channel = Channel.CreateBounded<MetricsSnapshot>(new BoundedChannelOptions(2) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_gate)
        {
            _subscribers = _subscribers.Add(channel);
            _watched.TrySetResult();
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

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
