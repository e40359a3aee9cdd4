namespace OrderConsole.Core.Queue;

/// <summary>An order number and the moment from which its order may be cancelled.</summary>
public readonly record struct ScheduledTimeout(string OrderNo, DateTimeOffset DueAt);

/// <summary>The right to work on one entry, until its lease ends.</summary>
/// <param name="DueAt">When the entry fell due, as the queue has it; the order's own deadline decides.</param>
/// <param name="Token">Proof of the claim; every later call on the entry compares it.</param>
/// <param name="Failed">Attempts that ended in an error.</param>
/// <param name="Crashed">Claims whose lease ended without a release.</param>
/// <param name="LastReason">Why the entry was put back the last time, or null.</param>
public sealed record ClaimedTimeout(string OrderNo, DateTimeOffset DueAt, string Token, int Failed, int Crashed, string? LastReason)
{
    /// <summary>Which try this is, from 1.</summary>
    public int Attempt => Failed + Crashed + 1;
}

/// <summary>What one call of <see cref="ITimeoutQueue.ClaimDueAsync"/> brought.</summary>
/// <param name="StoreNow">The store's clock at the claim; "due" is judged by it alone.</param>
/// <param name="NextDueAt">When the next entry that was not taken falls due, or null when there is none.</param>
/// <param name="Rejected">Entries that became dead letters instead of claims.</param>
/// <param name="SentAt">Monotonic timestamp taken before the request was sent; the lease is counted from it.</param>
public sealed record ClaimedBatch(
    IReadOnlyList<ClaimedTimeout> Claims,
    DateTimeOffset StoreNow,
    DateTimeOffset? NextDueAt,
    IReadOnlyList<DeadTimeout> Rejected,
    TimeSpan Lease,
    long SentAt);

/// <summary>An entry that nobody will try again until an operator says so.</summary>
/// <param name="Reason">One of <see cref="DeadLetterReasons"/>.</param>
public sealed record DeadTimeout(string OrderNo, string Reason, string? Detail);

/// <summary>Claims that were taken back because their lease had ended.</summary>
public sealed record RecoveredClaims(IReadOnlyList<string> Returned, IReadOnlyList<DeadTimeout> Dead)
{
    public static RecoveredClaims None { get; } = new([], []);
    public int Count => Returned.Count + Dead.Count;
}

/// <summary>Stable words for why an entry is a dead letter; they stand in the store, in the API and on screen.</summary>
public static class DeadLetterReasons
{
    /// <summary>The member is not a possible order number.</summary>
    public const string Malformed = "malformed";
    /// <summary>The score is not a moment between 2001 and 2286 in Unix seconds: infinite, milliseconds, or nonsense.</summary>
    public const string AbsurdScore = "absurd_score";
    /// <summary>No order has this number.</summary>
    public const string UnknownOrder = "unknown_order";
    /// <summary>Too many attempts ended in an error.</summary>
    public const string Failed = "failed";
    /// <summary>Too many claims ended with the death of their owner.</summary>
    public const string Crashed = "crashed";
}
