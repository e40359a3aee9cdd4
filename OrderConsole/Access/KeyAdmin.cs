using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Access;

/// <summary>Makes and revokes API keys; each with its row of the audit in the same transaction.</summary>
public sealed class KeyAdmin(OrderDatabase database, KeyRing ring, Sessions sessions, OperationGuard guard, AuditLog audit, TimeProvider time)
{
    public const int LongestName = 100;

    public Task<List<ApiKey>> ListAsync(CancellationToken cancel) => database.ReadAsync(db => db.ApiKeys.OrderBy(k => k.Name).ToListAsync(cancel));

    /// <returns>The key and its secret, which stands nowhere else.</returns>
    /// <exception cref="OperationRefusedException">Not allowed.</exception>
    /// <exception cref="InvalidInputException">A value is out of range, the name is taken, or a scope is one that the caller has not.</exception>
    public async Task<(ApiKey Key, string Secret)> CreateAsync(
        string name, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt, Func<string, bool> callerMay, Operator by, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var what = new AuditEntry(AccessActions.KeyCreated, AuditOutcome.Done, name) { After = Permissions.Format(scopes) };
        var actor = await guard.DemandAsync(by, Permissions.ManageKeys, what, cancel);
        await sessions.DemandConfirmedAsync(by, cancel);
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl)) throw new InvalidInputException("name", "1 to 100 characters on one line");
        if (scopes.Count == 0 || scopes.Except(Permissions.All, StringComparer.Ordinal).Any()) throw new InvalidInputException("scopes", string.Join(", ", Permissions.All));
        // Nobody makes a key that may more than they do.
        if (!scopes.All(callerMay)) throw new InvalidInputException("scopes", "what you may do yourself");
        if (expiresAt <= now) throw new InvalidInputException("expiresAt", "a moment to come, or nothing");
        var secret = KeySecret.New();
        var key = await database.WriteAsync(async db =>
        {
            if (await db.ApiKeys.AnyAsync(k => k.Name == name, cancel)) throw new InvalidInputException("name", "a name that no other key has");
            var made = new ApiKey
            {
                Name = name, Prefix = KeySecret.PrefixOf(secret), Hash = KeySecret.HashOf(secret), Scopes = Permissions.Format(scopes),
                CreatedBy = by.Name, CreatedAt = now, ExpiresAt = expiresAt,
            };
            db.Add(made);
            await db.SaveChangesAsync(cancel);
            await audit.AppendAsync(db, actor, what, cancel);
            return made;
        }, cancel);
        return (key, secret);
    }

    /// <returns>The key, or null when there is none.</returns>
    /// <exception cref="OperationRefusedException">Not allowed.</exception>
    public async Task<ApiKey?> RevokeAsync(long id, Operator by, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var key = await database.ReadAsync(db => db.ApiKeys.SingleOrDefaultAsync(k => k.Id == id, cancel));
        var what = new AuditEntry(AccessActions.KeyRevoked, AuditOutcome.Done, key?.Name ?? FormattableString.Invariant($"key {id}"));
        var actor = await guard.DemandAsync(by, Permissions.ManageKeys, what, cancel);
        if (key is null) return null;
        await database.WriteAsync(async db =>
        {
            var revoked = await db.ApiKeys.Where(k => k.Id == id && k.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now).SetProperty(k => k.RevokedBy, by.Name), cancel);
            if (revoked > 0) await audit.AppendAsync(db, actor, what, cancel);
            return revoked;
        }, cancel);
        ring.Forget();
        return await database.ReadAsync(db => db.ApiKeys.SingleOrDefaultAsync(k => k.Id == id, cancel));
    }
}
