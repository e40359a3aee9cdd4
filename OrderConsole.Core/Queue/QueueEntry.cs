namespace OrderConsole.Core.Queue;

/// <summary>Where an entry is. "Due" is a scheduled or retrying entry whose moment has come.</summary>
public enum QueueState { Scheduled, Due, Claimed, Retrying, Dead }

/// <summary>Entries by state. <c>Scheduled</c> and <c>Retrying</c> count those whose moment has not come yet; <c>Due</c> the others of both.</summary>
/// <param name="OldestDueAt">Due time of the entry that has waited longest, or null when none is due.</param>
/// <param name="NextDueAt">When the next entry falls due, or null.</param>
public sealed record QueueCounts(
    long Scheduled, long Due, long Claimed, long Retrying, long Dead,
    DateTimeOffset? OldestDueAt, DateTimeOffset? NextDueAt, DateTimeOffset StoreNow)
{
    public long Total => Scheduled + Due + Claimed + Retrying;
}

/// <summary>One entry as an operator sees it.</summary>
/// <param name="DueAt">The due time; for a retrying entry the next try.</param>
/// <param name="Owner">Who has claimed it, or null.</param>
/// <param name="LeaseUntil">When the claim ends by itself, or null.</param>
/// <param name="DeadAt">When it became a dead letter, or null.</param>
public sealed record QueueEntry(
    string OrderNo, QueueState State, DateTimeOffset DueAt, int Failed, int Crashed,
    string? Owner, DateTimeOffset? LeaseUntil, string? Reason, string? Detail, DateTimeOffset? DeadAt);

public sealed record QueuePage(IReadOnlyList<QueueEntry> Items, int Page, int PageSize, long Total);

/// <summary>An entry and where it stands among those of its kind.</summary>
/// <param name="Name">An order number, or what another program wrote, as it is shown.</param>
/// <param name="At">When it falls due or is tried again; of a claim the end of its lease, of a dead letter its death.</param>
public readonly record struct QueuePlace(string Name, DateTimeOffset At);
