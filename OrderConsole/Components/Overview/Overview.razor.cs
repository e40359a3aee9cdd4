using OrderConsole.Components.Shared;

namespace OrderConsole.Components.Overview;

/// <summary>The figures first. Fed in process by the one collector; the page asks no store itself.</summary>
public sealed partial class Overview
{
    private static readonly TimeSpan Worrying = TimeSpan.FromSeconds(30);

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
}
