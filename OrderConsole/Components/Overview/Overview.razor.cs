using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Telemetry;
using OrderConsole.Live;

namespace OrderConsole.Components.Overview;

/// <summary>The figures first. Fed in process by the one collector; the page asks no store itself.</summary>
public sealed partial class Overview
{
    private static readonly TimeSpan Worrying = TimeSpan.FromSeconds(30);

    [Inject] private SampleHistory History { get; set; } = default!;

    private SampleRange Range { get; set; } = SampleRange.All[0];
    /// <summary>Null until they were read.</summary>
    private IReadOnlyList<SampleSpan>? Spans { get; set; }
    private bool HistoryFailed { get; set; }

    private TimeSpan? Oldest => Snapshot.OldestOverdueSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private string ExpiredTone => Snapshot.ExpiredPending is null ? "unread" : Oldest > Worrying ? "bad" : Snapshot.ExpiredPending == 0 ? "good" : "";

    private string ExpiredNote => Snapshot.ExpiredPending is null
        ? Text["Figure.Unread"]
        : Snapshot.CountedAt.ExpiredPending is { } at && Snapshot.At - at > TimeSpan.FromSeconds(6)
            ? Text["Expired.Counted", Text.Ago(Snapshot.At - at)]
            : Text["Expired.Note"];

    private string LocksTone => Snapshot.LeakedLocks > 0 ? "bad" : "";

    private string LocksNote => Snapshot.LeakedLocks switch
    {
        null => Text["Figure.Unread"],
        0 => Text["Locks.Note"],
        { } leaked => Text["Locks.Leaked", Figures.Count(leaked)],
    };

    private string RateNote => Snapshot.Rates is { ClaimedPerSecond: { } claimed, FailedPerSecond: { } failed }
        ? Text["Rate.Note", Figures.Rate(claimed), Figures.Rate(failed)]
        : Text["Figure.Unread"];

    private string ContentionNote => Snapshot switch
    {
        { Contention.Attempts: null } => Text["Figure.Unread"],
        { ContentionPerCancelled.Lost: { } lost } => Text["Contention.Note", Figures.Ratio(lost)],
        _ => Text["Contention.None"],
    };

    protected override Task OnQueryAsync()
    {
        var name = Query.OneOf("range", [.. SampleRange.All.Select(r => r.Name)]);
        Range = SampleRange.All.First(r => r.Name == name);
        Spans = null;
        return ReadHistoryAsync();
    }

    protected override void OnSnapshot()
    {
        if (RendererInfo.IsInteractive) _ = ReadHistoryAsync();
    }

    private async Task ReadHistoryAsync()
    {
        var range = Range;
        try
        {
            var spans = await History.ReadAsync(range);
            if (range != Range || (ReferenceEquals(spans, Spans) && !HistoryFailed)) return;
            (Spans, HistoryFailed) = (spans, false);
        }
        catch (Exception)
        {
            // The strip above says which store is away; what was drawn stays.
            if (HistoryFailed) return;
            HistoryFailed = true;
        }
        if (!Leaving.IsCancellationRequested) StateHasChanged();
    }
}
