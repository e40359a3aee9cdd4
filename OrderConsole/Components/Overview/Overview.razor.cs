using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Live;

namespace OrderConsole.Components.Overview;

/// <summary>The figures first. Fed in process by the one collector; the page asks no store itself.</summary>
public sealed partial class Overview : IDisposable
{
    private static readonly TimeSpan Worrying = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _leaving = new();

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private LiveFeed Feed { get; set; } = default!;

    private MetricsSnapshot Snapshot { get; set; } = default!;
    private IReadOnlyList<LivePoint> Points { get; set; } = [];
    private bool IsConnected { get; set; }

    private TimeSpan? Oldest => Snapshot.OldestOverdueSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private string ExpiredTone => Snapshot.ExpiredPending is null ? "unread" : Oldest > Worrying ? "bad" : Snapshot.ExpiredPending == 0 ? "good" : "";

    private string ExpiredNote => Snapshot.ExpiredPending is null
        ? Text["Figure.Unread"]
        : Snapshot.CountedAt.ExpiredPending is { } at && Snapshot.At - at > TimeSpan.FromSeconds(3)
            ? Text["Expired.Counted", Text.Ago(Snapshot.At - at)]
            : Text["Expired.Note"];

    private string ContentionNote => Snapshot.Contention is { Attempts: { } attempts, Lost: { } lost }
        ? Text["Locks.Note", Figures.Count(attempts), Figures.Count(lost)]
        : Text["Figure.Unread"];

    protected override void OnInitialized()
    {
        Take(Feed.Latest);
        if (RendererInfo.IsInteractive) _ = FollowAsync(_leaving.Token);
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
            await foreach (var snapshot in Feed.SubscribeAsync(leaving))
            {
                await InvokeAsync(() =>
                {
                    IsConnected = true;
                    Take(snapshot);
                    StateHasChanged();
                });
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
        Points = Feed.History;
    }
}
