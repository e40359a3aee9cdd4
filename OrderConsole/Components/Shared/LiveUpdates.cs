using OrderConsole.Live;

namespace OrderConsole.Components.Shared;

/// <summary>
/// The live figures of one browser tab: the one subscription that its shell and its page share, and that its person can
/// pause. While paused nothing changes; going on shows the newest figures at once.
/// </summary>
public sealed class LiveUpdates(LiveFeed feed) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private bool _isStarted;

    public MetricsSnapshot Snapshot { get; private set; } = feed.Latest;
    /// <summary>Whether figures are being pushed; false while there is only the first picture.</summary>
    public bool IsConnected { get; private set; }
    public bool IsPaused { get; private set; }

    /// <summary>New figures, or paused, or going on. Comes from any thread.</summary>
    public event Action? Changed;

    /// <summary>Begins to follow; called once by the shell when the page is interactive.</summary>
    public void Start()
    {
        if (_isStarted) return;
        _isStarted = true;
        _ = FollowAsync(_leaving.Token);
    }

    public void Pause()
    {
        IsPaused = true;
        Changed?.Invoke();
    }

    public void Resume()
    {
        IsPaused = false;
        Take(feed.Latest);
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task FollowAsync(CancellationToken leaving)
    {
        try
        {
            await foreach (var snapshot in feed.SubscribeAsync(leaving))
            {
                IsConnected = true;
                if (!IsPaused) Take(snapshot);
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
        }
        catch (ObjectDisposedException)
        {
            // The page was closed in the middle of a snapshot.
        }
    }

    private void Take(MetricsSnapshot snapshot)
    {
        Snapshot = snapshot;
        Changed?.Invoke();
    }
}
