namespace OrderConsole.Core.Access;

/// <summary>Somebody asked for what they may not do.</summary>
public sealed class AccessDeniedException(string permission, string why, string message) : Exception(message)
{
    /// <summary>Signed in by nobody that there is: no user, no key.</summary>
    public const string Unknown = "unknown_principal";
    public const string Disabled = "user_disabled";
    public const string SessionOver = "session_over";
    public const string KeyNotValid = "key_not_valid";
    public const string NotPermitted = "not_permitted";

    /// <summary>The permission that was wanted, a constant of <see cref="Permissions"/>.</summary>
    public string Permission { get; } = permission;
    /// <summary>Why it was denied: a constant of this class.</summary>
    public string Why { get; } = why;
}
