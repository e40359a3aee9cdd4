using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Api;
using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;

namespace OrderConsole.Access;

/// <summary><c>/api/keys</c>: what programs sign in with.</summary>
internal static class KeysApi
{
    private const int LongestName = 100;

    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        api.MapGet("/keys", ListAsync).Requires(Permissions.ManageKeys).WithName("listKeys").WithSummary("Every API key, without its secret.");
        api.MapPost("/keys", MakeAsync).Requires(Permissions.ManageKeys).WithName("makeKey").WithSummary("Make an API key. The answer is the only place where it ever stands.").WithBodyProblems();
        api.MapPost("/keys/{id:long}/revoke", RevokeAsync).Requires(Permissions.ManageKeys).WithName("revokeKey").WithSummary("Make a key useless, for good.").WithProblems(ProblemCodes.NotFound);
    }

    private static async Task<Ok<KeyListBody>> ListAsync(OrderDatabase database, CancellationToken cancel) =>
        TypedResults.Ok(new KeyListBody([.. (await database.ReadAsync(db => db.ApiKeys.OrderBy(k => k.Name).ToListAsync(cancel))).Select(k => KeyBody.Of(k, null))]));

    private static async Task<Created<KeyBody>> MakeAsync(MakeKeyBody body, ClaimsPrincipal by, OrderDatabase database, TimeProvider time, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var name = body.Name?.Trim() ?? "";
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl)) throw new InvalidInputException("name", "1 to 100 characters on one line");
        if (body.Scopes is not { Count: > 0 } scopes || scopes.Except(Permissions.All, StringComparer.Ordinal).Any()) throw new InvalidInputException("scopes", string.Join(", ", Permissions.All));
        // Nobody makes a key that may more than they do.
        if (scopes.Any(s => !by.May(s))) throw new InvalidInputException("scopes", "what you may do yourself");
        if (body.ExpiresAt <= now) throw new InvalidInputException("expiresAt", "a moment to come, or nothing");
        var secret = KeySecret.New();
        var key = await database.WriteAsync(async db =>
        {
            if (await db.ApiKeys.AnyAsync(k => k.Name == name, cancel)) throw new InvalidInputException("name", "a name that no other key has");
            var made = new ApiKey
            {
                Name = name, Prefix = KeySecret.PrefixOf(secret), Hash = KeySecret.HashOf(secret), Scopes = Permissions.Format(scopes),
                CreatedBy = by.Identity?.Name ?? "", CreatedAt = now, ExpiresAt = body.ExpiresAt,
            };
            db.Add(made);
            await db.SaveChangesAsync(cancel);
            return made;
        }, cancel);
        return TypedResults.Created("/api/keys/" + key.Id.ToString(CultureInfo.InvariantCulture), KeyBody.Of(key, secret));
    }

    private static async Task<Results<Ok<KeyBody>, NotFound>> RevokeAsync(long id, ClaimsPrincipal by, OrderDatabase database, KeyRing ring, TimeProvider time, CancellationToken cancel)
    {
        var (now, name) = (time.GetUtcNow(), by.Identity?.Name ?? "");
        await database.WriteAsync(db => db.ApiKeys.Where(k => k.Id == id && k.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now).SetProperty(k => k.RevokedBy, name), cancel), cancel);
        ring.Forget();
        return await database.ReadAsync(db => db.ApiKeys.SingleOrDefaultAsync(k => k.Id == id, cancel)) is { } key ? TypedResults.Ok(KeyBody.Of(key, null)) : TypedResults.NotFound();
    }
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
