using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using OrderConsole.Api;
using OrderConsole.Core.Access;

namespace OrderConsole.Access;

/// <summary><c>/api/keys</c>: what programs sign in with.</summary>
internal static class KeysApi
{
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        api.MapGet("/keys", ListAsync).Requires(Permissions.ManageKeys).WithName("listKeys").WithSummary("Every API key, without its secret.");
        api.MapPost("/keys", MakeAsync).Requires(Permissions.ManageKeys).WithName("makeKey").WithSummary("Make an API key. The answer is the only place where it ever stands.").WithBodyProblems();
        api.MapPost("/keys/{id:long}/revoke", RevokeAsync).Requires(Permissions.ManageKeys).WithName("revokeKey").WithSummary("Make a key useless, for good.").WithProblems(ProblemCodes.NotFound);
    }

    private static async Task<Ok<KeyListBody>> ListAsync(KeyAdmin keys, CancellationToken cancel) =>
        TypedResults.Ok(new KeyListBody([.. (await keys.ListAsync(cancel)).Select(k => KeyBody.Of(k, null))]));

    private static async Task<Created<KeyBody>> MakeAsync(MakeKeyBody body, ClaimsPrincipal by, KeyAdmin keys, OneTarget caller, CancellationToken cancel)
    {
        var (key, secret) = await keys.CreateAsync(body.Name?.Trim() ?? "", body.Scopes ?? [], body.ExpiresAt, by.May, caller.Caller, cancel);
        return TypedResults.Created("/api/keys/" + key.Id.ToString(CultureInfo.InvariantCulture), KeyBody.Of(key, secret));
    }

    private static async Task<Results<Ok<KeyBody>, NotFound>> RevokeAsync(long id, KeyAdmin keys, OneTarget caller, CancellationToken cancel) =>
        await keys.RevokeAsync(id, caller.Caller, cancel) is { } key ? TypedResults.Ok(KeyBody.Of(key, null)) : TypedResults.NotFound();
}

/// <param name="Name">1 to 100 characters; no other key has it.</param>
/// <param name="Scopes">Permissions, each one that the maker has.</param>
/// <param name="ExpiresAt">When it ends; null: never.</param>
public sealed record MakeKeyBody(string? Name, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt);

/// <param name="Secret">The key itself, in the answer that made it and nowhere else.</param>
public sealed record KeyBody(
    long Id, string Name, string Prefix, IReadOnlyList<string> Scopes, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt, string? RevokedBy, string? Secret)
{
    public static KeyBody Of(ApiKey key, string? secret) => new(
        key.Id, key.Name, key.Prefix, [.. Permissions.Parse(key.Scopes)], key.CreatedBy, key.CreatedAt, key.ExpiresAt, key.LastUsedAt, key.RevokedAt, key.RevokedBy, secret);
}

public sealed record KeyListBody(IReadOnlyList<KeyBody> Items);
