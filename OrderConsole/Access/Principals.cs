using System.Globalization;
using System.Security.Claims;
using OrderConsole.Core.Access;
using OrderConsole.Core.Operations;

namespace OrderConsole.Access;

/// <summary>Users and keys as the framework's principals, and principals as those who act.</summary>
internal static class Principals
{
    public const string User = "oc:user", Key = "oc:key", Session = "oc:session", Permission = "oc:may";

    public static ClaimsPrincipal Of(ConsoleUser user, string session) => Make(ConsoleAuthentication.Cookie, user.UserName!, user.Role,
        Roles.PermissionsOf(user.Role).Union(Permissions.Parse(user.ExtraPermissions)), (User, Text(user.Id)), (Session, session));

    public static ClaimsPrincipal Of(ApiKey key) => Make(ConsoleAuthentication.Bearer, key.Name, null, Permissions.Parse(key.Scopes), (Key, Text(key.Id)));

    /// <summary>What is left of a sign-in that nobody can look up at this moment: looking.</summary>
    public static ClaimsPrincipal LookingOnly(ClaimsPrincipal signed) => new(new ClaimsIdentity(
        signed.Claims.Where(c => c.Type != Permission).Append(new(Permission, Permissions.View)), ConsoleAuthentication.Cookie));

    public static bool May(this ClaimsPrincipal principal, string permission) => principal.HasClaim(Permission, permission);

    public static long? UserId(this ClaimsPrincipal principal) => Number(principal.FindFirstValue(User));

    public static long? KeyId(this ClaimsPrincipal principal) => Number(principal.FindFirstValue(Key));

    public static string? SessionId(this ClaimsPrincipal principal) => principal.FindFirstValue(Session);

    /// <summary>Who acts. Somebody who is not signed in has a name in the records and may do nothing.</summary>
    public static Operator ToOperator(this ClaimsPrincipal principal, string source, string? address) =>
        new(principal.Identity?.Name ?? "nobody", source, address) { UserId = principal.UserId(), KeyId = principal.KeyId(), Session = principal.SessionId() };

    private static ClaimsPrincipal Make(string scheme, string name, string? role, IEnumerable<string> permissions, params (string Type, string Value)[] ids)
    {
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new(ClaimTypes.Name, name));
        if (role is not null) identity.AddClaim(new(ClaimTypes.Role, role));
        identity.AddClaims(ids.Select(id => new Claim(id.Type, id.Value)));
        identity.AddClaims(permissions.Select(p => new Claim(Permission, p)));
        return new(identity);
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
