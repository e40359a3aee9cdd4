using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Access;
using OrderConsole.Core.Data;

namespace OrderConsole.Access;

/// <summary>Users with their passwords: the first one, and who may sign in.</summary>
public sealed class Accounts(OrderDatabase database, IPasswordHasher<ConsoleUser> hasher, TimeProvider time)
{
    // Nobody has this password; it costs as much to find wrong as a real one.
    private readonly Lazy<string> _nobodys = new(() => hasher.HashPassword(new(), RandomNumberGenerator.GetHexString(32)));

    public Task<bool> AnyAsync(CancellationToken cancel) => database.ReadAsync(db => db.ConsoleSetups.AnyAsync(cancel));

    public static string Normalized(string name) => name.Normalize().ToUpperInvariant();

    /// <summary>Makes the first administrator, and a key with every scope unless it is empty, unless somebody was first.</summary>
    /// <returns>Whether it was this call.</returns>
    /// <exception cref="AccountRefusedException">The name or the password will not do.</exception>
    public Task<bool> SetUpAsync(string name, string password, string apiKey, CancellationToken cancel)
    {
        var user = New(name, password, Roles.Admin);
        return database.WriteAsync(async db =>
        {
            // Two at once: the second meets the first one's row, is run again and sees it.
            if (await db.ConsoleSetups.AnyAsync(cancel)) return false;
            var now = time.GetUtcNow();
            db.Add(new ConsoleSetup { DoneAt = now, By = name });
            db.Add(user);
            if (apiKey.Length > 0)
                db.Add(new ApiKey { Name = "setup", Prefix = KeySecret.PrefixOf(apiKey), Hash = KeySecret.HashOf(apiKey), Scopes = Permissions.Format(Permissions.All), CreatedBy = name, CreatedAt = now });
            await db.SaveChangesAsync(cancel);
            return true;
        }, cancel);
    }

    /// <summary>The user of this name and password, if enabled; null otherwise, after the same time whatever was wrong.</summary>
    public async Task<ConsoleUser?> FindAsync(string name, string password, CancellationToken cancel)
    {
        var normalized = Normalized(name);
        var user = await database.ReadAsync(db => db.Users.SingleOrDefaultAsync(u => u.NormalizedUserName == normalized, cancel));
        var verdict = hasher.VerifyHashedPassword(user ?? new(), user?.PasswordHash ?? _nobodys.Value, password);
        if (user is null or { PasswordHash: null } or { Enabled: false } || verdict == PasswordVerificationResult.Failed) return null;
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            var hash = hasher.HashPassword(user, password);
            await database.WriteAsync(db => db.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, hash), cancel), cancel);
        }
        return user;
    }

    /// <summary>
    /// The user that a provider vouches for, made at the first time. A role that the groups no longer give is taken back; a
    /// higher one is given by an administrator alone.
    /// </summary>
    /// <returns>Null when the user is disabled.</returns>
    public Task<ConsoleUser?> OfProviderAsync(string issuer, string subject, string name, string role, CancellationToken cancel) => database.WriteAsync(async db =>
    {
        var user = await db.Users.AsTracking().SingleOrDefaultAsync(u => u.Issuer == issuer && u.Subject == subject, cancel);
        if (user is null)
        {
            // A name of the provider's never leads into an account that was here before.
            var free = UserNames.IsOne(name) && !await db.Users.AnyAsync(u => u.NormalizedUserName == Normalized(name), cancel) ? name : $"sso-{Guid.NewGuid().ToString("N")[..12]}";
            user = new() { UserName = free, NormalizedUserName = Normalized(free), Role = role, Issuer = issuer, Subject = subject, CreatedAt = time.GetUtcNow(), SecurityStamp = Guid.NewGuid().ToString("N") };
            db.Add(user);
        }
        else if (user.Role != Roles.Admin && Roles.All.IndexOf(role) < Roles.All.IndexOf(user.Role))
        {
            user.Role = role;
        }
        await db.SaveChangesAsync(cancel);
        return user.Enabled ? user : null;
    }, cancel);

    /// <summary>A user who is not stored yet.</summary>
    /// <exception cref="AccountRefusedException">The name or the password will not do.</exception>
    public ConsoleUser New(string name, string password, string role)
    {
        if (!UserNames.IsOne(name)) throw new AccountRefusedException(AccountRefusedException.Name);
        return new()
        {
            UserName = name, NormalizedUserName = Normalized(name), Role = role, CreatedAt = time.GetUtcNow(), SecurityStamp = Guid.NewGuid().ToString("N"), PasswordHash = HashOf(password, name),
        };
    }

    /// <summary>What is stored of a password. Takes a tenth of a second on purpose: never within a transaction, which others wait for.</summary>
    /// <exception cref="AccountRefusedException">The password will not do.</exception>
    public string HashOf(string password, string userName) => PasswordRules.WhatIsWrong(password, userName) is { } wrong
        ? throw new AccountRefusedException(wrong)
        : hasher.HashPassword(new(), password);
}

/// <summary>What a user may be called: 2 to 64 letters, digits and <c>. _ - @</c>, so that a name looks like itself in every log.</summary>
internal static class UserNames
{
    private const int Shortest = 2, Longest = 64;

    public static bool IsOne(string name) => name.Length is >= Shortest and <= Longest && name.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '@');
}

/// <summary>A user can not be made or changed so.</summary>
/// <param name="code">A constant of this class.</param>
public sealed class AccountRefusedException(string code) : Exception($"The account was refused: {code}.")
{
    public const string Name = "name", TooShort = "too_short", TooLong = "too_long", Common = "common", Taken = "taken", WrongPassword = "wrong_password", LastAdmin = "last_admin", Unknown = "unknown";
    public const string Confirm = "confirm", Wait = "wait", WrongCode = "wrong_code", Differ = "differ";

    public string Code { get; } = code;
}
