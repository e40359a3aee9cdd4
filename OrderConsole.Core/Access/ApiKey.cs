namespace OrderConsole.Core.Access;

/// <summary>What a program signs in with. The key itself is shown once and kept nowhere.</summary>
public sealed class ApiKey
{
    public long Id { get; init; }
    /// <summary>1 to 100 characters, for people and for the audit.</summary>
    public string Name { get; init; } = "";
    /// <summary>The first characters of the key, to know it again by.</summary>
    public string Prefix { get; init; } = "";
    /// <summary>SHA-256 of the key, in hexadecimal. Enough for a secret of 256 random bits.</summary>
    public string Hash { get; init; } = "";
    /// <summary>What it may do, as <see cref="Permissions.Format"/> writes it.</summary>
    public string Scopes { get; init; } = "";
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    /// <summary>To the minute or so; not every call is written down.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
    public string? RevokedBy { get; set; }

    public bool IsValidAt(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);

    public bool May(string permission) => Permissions.Parse(Scopes).Contains(permission);
}
