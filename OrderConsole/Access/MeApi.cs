using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OrderConsole.Access;

/// <summary><c>GET /api/me</c>: as whom a call is taken, for whoever sets a program up.</summary>
internal static class MeApi
{
    public static void MapMe(this IEndpointRouteBuilder api) =>
        api.MapGet("/me", Read).WithName("getMe").WithSummary("As whom this call is taken, and what that may do.");

    private static Ok<MeBody> Read(ClaimsPrincipal user) => TypedResults.Ok(new MeBody(
        user.Identity?.Name ?? "", user.KeyId() is null ? "user" : "key", user.FindFirstValue(ClaimTypes.Role), [.. user.FindAll(Principals.Permission).Select(c => c.Value)]));
}

/// <param name="Kind">user or key.</param>
/// <param name="Role">Of a user; a key has none.</param>
public sealed record MeBody(string Name, string Kind, string? Role, IReadOnlyList<string> Permissions);
