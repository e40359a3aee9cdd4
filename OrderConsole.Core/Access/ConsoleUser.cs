using Microsoft.AspNetCore.Identity;

namespace OrderConsole.Core.Access;

/// <summary>Somebody who may sign in.</summary>
public sealed class ConsoleUser : IdentityUser<long>
{
    /// <summary>One of <see cref="Roles"/>.</summary>
    public string Role { get; set; } = Roles.Viewer;
    /// <summary>Single permissions beyond the role's, stored as <see cref="Permissions.Format"/> writes them.</summary>
    public string ExtraPermissions { get; set; } = "";
    public bool Enabled { get; set; } = true;
    /// <summary>The provider that signs this user in, and the user's name there; null for who has a password here.</summary>
    public string? Issuer { get; set; }
    public string? Subject { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastSignInAt { get; set; }

    public bool May(string permission) => Enabled && (Roles.PermissionsOf(Role).Contains(permission) || Permissions.Parse(ExtraPermissions).Contains(permission));
}
