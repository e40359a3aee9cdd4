using OrderConsole.Core.Locks;
using OrderConsole.Core.Queue;

namespace OrderConsole.Core.Timeouts;

/// <summary>One claimed timeout on its way; it goes on until it has a <see cref="Release"/>.</summary>
public sealed class TimeoutWork(ClaimedTimeout claim)
{
    public ClaimedTimeout Claim { get; } = claim;
    public OrderFacts Facts { get; set; }
    public LockHandle? Lock { get; set; }
    /// <summary>How the claim will end; null while the order is still on its way.</summary>
    public ClaimRelease? Release { get; set; }
    /// <summary>The claim was found to be somebody else's: nothing more is done for it, not even a release.</summary>
    public bool IsLost { get; set; }
    /// <summary>Due to committed; set when this node cancelled the order.</summary>
    public TimeSpan? Lateness { get; set; }

    public bool GoesOn => Release is null && !IsLost;
}

/// <summary>The claims of one round, from "claimed" to "released".</summary>
public sealed class TimeoutBatch(ClaimedBatch claimed)
{
    public ClaimedBatch Claimed { get; } = claimed;
    public IReadOnlyList<TimeoutWork> Work { get; } = [.. claimed.Claims.Select(c => new TimeoutWork(c))];
    public IReadOnlyList<TimeoutWork> StillGoing => [.. Work.Where(w => w.GoesOn)];

    /// <summary>When the steps were reached, for the orders' timelines.</summary>
    public DateTimeOffset CheckedAt { get; set; }
    public DateTimeOffset LockedAt { get; set; }
    /// <summary>Which store did not answer on the way, in words, or null; the poller draws breath before it claims again.</summary>
    public string? StoreTrouble { get; set; }
}
