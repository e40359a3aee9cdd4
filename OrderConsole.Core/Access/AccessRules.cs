using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;

namespace OrderConsole.Core.Access;

/// <summary>
/// Who may do what, as the database has it at this moment: a page that is open since this morning gives nobody a right
/// that was taken away a second ago.
/// </summary>
public sealed class AccessRules(OrderDatabase database, TimeProvider time)
{
    /// <summary>Returns when it is permitted. What the console does by itself (<see cref="Operator.System"/>) is.</summary>
    /// <returns>The role of the user, or null for a key and for the console itself.</returns>
    /// <exception cref="AccessDeniedException">It is not.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot say, so nothing is permitted.</exception>
    public async Task<string?> DemandAsync(Operator by, string permission, CancellationToken cancel)
    {
        if (by.IsSystem) return null;
        if (by.KeyId is { } key) return await DemandOfKeyAsync(key, permission, cancel);
        if (by.UserId is { } user) return await DemandOfUserAsync(user, by.Session, permission, cancel);
        throw Denied(permission, AccessDeniedException.Unknown, "Nobody is signed in.");
    }

    private async Task<string?> DemandOfKeyAsync(long id, string permission, CancellationToken cancel)
    {
        var key = await database.ReadAsync(db => db.ApiKeys.SingleOrDefaultAsync(k => k.Id == id, cancel));
        if (key is null || !key.IsValidAt(time.GetUtcNow())) throw Denied(permission, AccessDeniedException.KeyNotValid, "The API key has expired or was revoked.");
        if (!key.May(permission)) throw Denied(permission, AccessDeniedException.NotPermitted, $"The API key {key.Name} has no scope {permission}.");
        return null;
    }

    private async Task<string?> DemandOfUserAsync(long id, string? session, string permission, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (user, open) = await database.ReadAsync(async db => (await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancel),
            await db.ConsoleSessions.AnyAsync(s => s.Id == session && s.UserId == id && s.EndedAt == null && s.ExpiresAt > now, cancel)));
        if (user is null) throw Denied(permission, AccessDeniedException.Unknown, "There is no such user any more.");
        if (!user.Enabled) throw Denied(permission, AccessDeniedException.Disabled, $"The user {user.UserName} is disabled.");
        if (!open) throw Denied(permission, AccessDeniedException.SessionOver, "The session is over; sign in again.");
        if (!user.May(permission)) throw Denied(permission, AccessDeniedException.NotPermitted, $"The role {user.Role} does not include {permission}.");
        return user.Role;
    }

    private static AccessDeniedException Denied(string permission, string why, string message) => new(permission, why, message);
}
