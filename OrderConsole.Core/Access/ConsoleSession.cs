namespace OrderConsole.Core.Access;

/// <summary>One sign-in of one user in one browser.</summary>
public sealed class ConsoleSession
{
    /// <summary>128 random bits in hexadecimal.</summary>
    public string Id { get; init; } = "";
    public long UserId { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    /// <summary>To the minute or so.</summary>
    public DateTimeOffset LastSeenAt { get; set; }
    /// <summary>When it ends, however busy it is.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
    /// <summary>When its user last gave their password, beyond the sign-in itself.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }
    /// <summary>When it was ended by hand.</summary>
    public DateTimeOffset? EndedAt { get; set; }
    public string? Address { get; init; }
    /// <summary>What the browser says it is, shortened.</summary>
    public string? Agent { get; init; }
}

/// <summary>Says that the first administrator exists. There is one such row, and whoever writes it is the one.</summary>
public sealed class ConsoleSetup
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;
    public DateTimeOffset DoneAt { get; init; }
    /// <summary>The administrator's name.</summary>
    public string By { get; init; } = "";
}
