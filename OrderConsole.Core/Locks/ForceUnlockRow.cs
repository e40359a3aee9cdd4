namespace OrderConsole.Core.Locks;

/// <summary>A lock that was taken from its holder, and what came of the holder later; table <c>force_unlocks</c>.</summary>
public sealed class ForceUnlockRow
{
    public long Id { get; init; }
    public long OperationId { get; set; }
    /// <summary>An order number, or the whole key of a lock under a foreign prefix.</summary>
    public string OrderNo { get; init; } = "";
    public string Token { get; init; } = "";
    /// <summary>The console that held it; null for another program.</summary>
    public string? Owner { get; init; }
    /// <summary>The version that the order's row was raised to; null when the order was final or unknown and nothing was left to guard.</summary>
    public long? Version { get; init; }
    public DateTimeOffset At { get; init; }
    public string By { get; init; } = "";
    public string Reason { get; init; } = "";
    /// <summary>When the lock was found gone; null while it is being removed. At most one row of an order is in that state.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
    /// <summary>When the holder came back; null as long as it has not.</summary>
    public DateTimeOffset? LateAt { get; set; }
    public string? LateNode { get; set; }
    public LateHolder? Late { get; set; }
}

/// <summary>What a holder did that came back after its lock was taken away. The numbers are stored.</summary>
public enum LateHolder
{
    /// <summary>It tried to commit, and changed no row.</summary>
    CommitRefused = 0,
    /// <summary>It heard in time that the lock was lost, and did not try.</summary>
    GaveUp = 1,
}
