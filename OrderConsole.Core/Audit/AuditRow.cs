namespace OrderConsole.Core.Audit;

/// <summary>One line of the audit, as it is stored. Nobody changes or deletes one: the database refuses it, and the chain of hashes shows it.</summary>
public sealed class AuditRow
{
    /// <summary>From 1, without a gap.</summary>
    public long Seq { get; init; }
    public DateTimeOffset At { get; init; }
    /// <summary>A user, a key's name, or what of this program acted by itself.</summary>
    public string Who { get; init; } = "";
    /// <summary>What the one who acted was at that moment; null when nobody knew.</summary>
    public string? Role { get; init; }
    /// <summary>Where from: <c>console</c>, <c>api</c> or <c>system</c>.</summary>
    public string Source { get; init; } = "";
    public string? Address { get; init; }
    /// <summary>The key or the session, as <c>key 7</c> or <c>session 3f2a</c>.</summary>
    public string? Credential { get; init; }
    /// <summary>What was done or tried, as a stable word.</summary>
    public string Action { get; init; } = "";
    public string? Target { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
    public string? Reason { get; init; }
    public AuditOutcome Outcome { get; init; }
    /// <summary>Why it was refused, denied or failed, as a stable word.</summary>
    public string? Code { get; init; }
    public long? OperationId { get; init; }
    /// <summary>Which key the hash was made with.</summary>
    public string KeyId { get; init; } = "";
    /// <summary>HMAC-SHA256 over the hash before and this row, in hexadecimal.</summary>
    public string Hash { get; init; } = "";
}

/// <summary>How something ended, or how far it is. The numbers are stored and hashed.</summary>
public enum AuditOutcome
{
    Done = 0,
    /// <summary>Allowed, and not possible.</summary>
    Refused = 1,
    Failed = 2,
    /// <summary>Whoever asked may not do it.</summary>
    Denied = 3,
    /// <summary>Waits for a second person.</summary>
    Asked = 4,
    Approved = 5,
    /// <summary>The second person said no.</summary>
    Rejected = 6,
    /// <summary>No second person came in time.</summary>
    Expired = 7,
    Started = 8,
    Finished = 9,
}

/// <summary>The end of the chain; its one row is locked by whoever appends.</summary>
public sealed class AuditHead
{
    public int Id { get; init; }
    public long Seq { get; init; }
    public string Hash { get; init; } = "";
    public string? KeyId { get; init; }
}

/// <summary>What the end of the chain was at some moment; the same stands in the log, where the database's owner does not reach it.</summary>
public sealed class AuditAnchor
{
    public long Seq { get; init; }
    public string Hash { get; init; } = "";
    public DateTimeOffset At { get; init; }
}
