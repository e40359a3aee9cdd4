using System.Linq.Expressions;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;

namespace OrderConsole.Access;

/// <summary>Who is signed in where, as rows that can be ended from elsewhere.</summary>
public sealed class Sessions(OrderDatabase database, IOptions<AccessOptions> options, TimeProvider time)
{
    private const int IdBytes = 16, LongestAgent = 200;
    private static readonly TimeSpan SeenPrecision = TimeSpan.FromMinutes(1);
    /// <summary>For so long after a password was given, what gives power away does not want it again.</summary>
    private static readonly TimeSpan Confirmed = TimeSpan.FromMinutes(10);

    public async Task<ConsoleSession> BeginAsync(ConsoleUser user, HttpContext context)
    {
        var now = time.GetUtcNow();
        var agent = context.Request.Headers.UserAgent.ToString();
        var session = new ConsoleSession
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), UserId = user.Id, StartedAt = now, LastSeenAt = now,
            ExpiresAt = now + options.Value.SessionLength, Address = context.Connection.RemoteIpAddress?.ToString(), Agent = agent[..Math.Min(agent.Length, LongestAgent)],
        };
        await database.WriteAsync(async db =>
        {
            // What nobody can use any more is not kept.
            await db.ConsoleSessions.Where(s => s.UserId == user.Id && s.ExpiresAt < now).ExecuteDeleteAsync(context.RequestAborted);
            await db.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.LastSignInAt, now), context.RequestAborted);
            db.Add(session);
            return await db.SaveChangesAsync(context.RequestAborted);
        }, context.RequestAborted);
        return session;
    }

    /// <summary>The user of a session that is open, enabled and not idle for too long; null otherwise.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot say.</exception>
    public async Task<ConsoleUser?> UserOfAsync(string id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var seen = now - options.Value.IdleTimeout;
        var found = await database.ReadAsync(db => Open(db, now, seen).Where(s => s.Id == id)
            .Join(db.Users.Where(u => u.Enabled), s => s.UserId, u => u.Id, (s, u) => new { s.LastSeenAt, User = u }).SingleOrDefaultAsync(cancel));
        if (found is null) return null;
        if (now - found.LastSeenAt >= SeenPrecision) await NoteSeenAsync([id], cancel);
        return found.User;
    }

    /// <summary>Which of these sessions may go on; an open page keeps its own from idling.</summary>
    public async Task<IReadOnlySet<string>> StillOpenAsync(IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var open = await database.ReadAsync(db => Open(db, now, DateTimeOffset.UnixEpoch).Where(s => ids.Contains(s.Id))
            .Join(db.Users.Where(u => u.Enabled), s => s.UserId, u => u.Id, (s, _) => new { s.Id, s.LastSeenAt }).ToListAsync(cancel));
        var stale = open.Where(s => now - s.LastSeenAt >= SeenPrecision).Select(s => s.Id).ToList();
        if (stale.Count > 0) await NoteSeenAsync(stale, cancel);
        return open.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
    }

    public Task<List<ConsoleSession>> OfUserAsync(long user, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return database.ReadAsync(db => Open(db, now, now - options.Value.IdleTimeout).Where(s => s.UserId == user).OrderByDescending(s => s.LastSeenAt).ToListAsync(cancel));
    }

    public Task<int> EndAsync(string id, CancellationToken cancel) => EndAsync(s => s.Id == id, cancel);

    /// <summary>Signs a user out everywhere.</summary>
    public Task<int> EndAllAsync(long user, CancellationToken cancel) => EndAsync(s => s.UserId == user, cancel);

    /// <summary>Ends those that are meant and not over, as a part of the caller's unit of work.</summary>
    public Task<int> EndAsync(OrdersDb db, Expression<Func<ConsoleSession, bool>> which, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return db.ConsoleSessions.Where(which).Where(s => s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), cancel);
    }

    /// <summary>Notes that its user gave the password just now.</summary>
    public Task<int> ConfirmAsync(string? id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return database.WriteAsync(db => db.ConsoleSessions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.ConfirmedAt, now), cancel), cancel);
    }

    /// <summary>An open page may be used by whoever sits before it: what gives power away wants the password again.</summary>
    /// <exception cref="AccountRefusedException">Neither the sign-in nor the last confirmation was lately.</exception>
    public async Task DemandConfirmedAsync(Operator by, CancellationToken cancel)
    {
        // A program has no password; its key is the confirmation.
        if (by.Session is not { } id) return;
        var since = time.GetUtcNow() - Confirmed;
        if (!await database.ReadAsync(db => db.ConsoleSessions.AnyAsync(s => s.Id == id && (s.StartedAt > since || s.ConfirmedAt > since), cancel)))
            throw new AccountRefusedException(AccountRefusedException.Confirm);
    }

    private Task<int> EndAsync(Expression<Func<ConsoleSession, bool>> which, CancellationToken cancel) => database.WriteAsync(db => EndAsync(db, which, cancel), cancel);

    private Task<int> NoteSeenAsync(IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return database.WriteIndexAsync(db => db.ConsoleSessions.Where(s => ids.Contains(s.Id)).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now), cancel), cancel);
    }

    private static IQueryable<ConsoleSession> Open(OrdersDb db, DateTimeOffset now, DateTimeOffset seenSince) =>
        db.ConsoleSessions.Where(s => s.EndedAt == null && s.ExpiresAt > now && s.LastSeenAt > seenSince);
}
