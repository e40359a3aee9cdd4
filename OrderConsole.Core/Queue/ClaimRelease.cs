namespace OrderConsole.Core.Queue;

/// <summary>How a claim ends.</summary>
public enum ClaimVerdict
{
    /// <summary>The work is done, or there is none: the entry goes.</summary>
    Complete,
    /// <summary>Not due after all: scheduled at another moment, counts kept at zero.</summary>
    Reschedule,
    /// <summary>Tried again after a delay.</summary>
    Retry,
    /// <summary>Not tried again until an operator says so.</summary>
    DeadLetter,
}

/// <summary>A claim and its end. Made by the factory methods only, so that a verdict always has what it needs.</summary>
public sealed class ClaimRelease
{
    private ClaimRelease(ClaimedTimeout claim, ClaimVerdict verdict) => (Claim, Verdict) = (claim, verdict);

    public ClaimedTimeout Claim { get; }
    public ClaimVerdict Verdict { get; }
    /// <summary>The new due time; for <see cref="ClaimVerdict.Reschedule"/>.</summary>
    public DateTimeOffset DueAt { get; private init; }
    /// <summary>Until the next try, by the store's clock; for <see cref="ClaimVerdict.Retry"/>.</summary>
    public TimeSpan Delay { get; private init; }
    /// <summary>Whether the attempt counts as failed; a lost race or an unreachable store does not.</summary>
    public bool CountsAsFailure { get; private init; }
    public string? Reason { get; private init; }
    /// <summary>The last error in words, at most 500 characters.</summary>
    public string? Detail { get; private init; }

    public static ClaimRelease Complete(ClaimedTimeout claim) => new(claim, ClaimVerdict.Complete);

    public static ClaimRelease Reschedule(ClaimedTimeout claim, DateTimeOffset dueAt) =>
        new(claim, ClaimVerdict.Reschedule) { DueAt = dueAt };

    /// <summary>Put back without blame: somebody else was there first, or a store was away.</summary>
    public static ClaimRelease PutBack(ClaimedTimeout claim, TimeSpan delay, string reason) =>
        new(claim, ClaimVerdict.Retry) { Delay = delay, Reason = reason };

    /// <summary>Put back after an error, which is counted.</summary>
    public static ClaimRelease RetryAfterFailure(ClaimedTimeout claim, TimeSpan delay, string reason, string detail) =>
        new(claim, ClaimVerdict.Retry) { Delay = delay, Reason = reason, Detail = Shortened(detail), CountsAsFailure = true };

    public static ClaimRelease DeadLetter(ClaimedTimeout claim, string reason, string? detail) =>
        new(claim, ClaimVerdict.DeadLetter) { Reason = reason, Detail = detail is null ? null : Shortened(detail), CountsAsFailure = reason == DeadLetterReasons.Failed };

    private static string Shortened(string detail) => detail.Length <= 500 ? detail : detail[..499] + "…";
}
