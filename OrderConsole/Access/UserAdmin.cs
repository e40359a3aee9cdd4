using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Access;

/// <summary>
/// What administrators do to users. Each call asks the database whether its caller may, and writes the change and its
/// row of the audit in one transaction.
/// </summary>
public sealed class UserAdmin(OrderDatabase database, Accounts accounts, Sessions sessions, OperationGuard guard, AuditLog audit)
{
    public Task<List<ConsoleUser>> ListAsync(CancellationToken cancel) => database.ReadAsync(db => db.Users.OrderBy(u => u.NormalizedUserName).ToListAsync(cancel));

    /// <exception cref="AccountRefusedException">The name or the password will not do, or the name is taken.</exception>
    /// <exception cref="OperationRefusedException">Not allowed.</exception>
    /// <exception cref="InvalidInputException">There is no such role.</exception>
    public async Task<ConsoleUser> CreateAsync(string name, string password, string role, Operator by, CancellationToken cancel)
    {
        var what = new AuditEntry(AccessActions.UserCreated, AuditOutcome.Done, name) { After = role };
        var actor = await guard.DemandAsync(by, Permissions.ManageUsers, what, cancel);
        await sessions.DemandConfirmedAsync(by, cancel);
        CheckRole(role);
        var user = accounts.New(name, password, role);
        return await database.WriteAsync(async db =>
        {
            if (await db.Users.AnyAsync(u => u.NormalizedUserName == user.NormalizedUserName, cancel)) throw new AccountRefusedException(AccountRefusedException.Taken);
            user.Id = 0;
            db.Add(user);
            await db.SaveChangesAsync(cancel);
            await audit.AppendAsync(db, actor, what, cancel);
            return user;
        }, cancel);
    }

    /// <param name="beyond">The single <see cref="Permissions"/> beyond the role's, all of them; null leaves them as they are.</param>
    /// <exception cref="InvalidInputException">There is no such role or permission.</exception>
    /// <inheritdoc cref="ChangeAsync" path="/exception"/>
    /// <inheritdoc cref="DemandAsync" path="/exception"/>
    public async Task<ConsoleUser> SetRoleAsync(long id, string role, IReadOnlyCollection<string>? beyond, Operator by, CancellationToken cancel)
    {
        CheckRole(role);
        if (beyond?.Except(Permissions.All, StringComparer.Ordinal).Any() == true) throw new InvalidInputException("permissions", string.Join(", ", Permissions.All));
        return await ChangeAsync(id, AccessActions.UserRoleChanged, await DemandAsync(id, AccessActions.UserRoleChanged, by, cancel), endSessions: false, (_, user) =>
        {
            var before = InWords(user);
            user.Role = role;
            // What the role gives anyway is not kept beside it: it would stay when the role is taken away.
            if (beyond is not null) user.ExtraPermissions = Permissions.Format(beyond.Except(Roles.PermissionsOf(role), StringComparer.Ordinal));
            return Task.FromResult<(string?, string?)>((before, InWords(user)));
        }, cancel);
    }

    /// <summary>A disabled user is signed out everywhere and can do nothing from this moment on.</summary>
    /// <inheritdoc cref="ChangeAsync" path="/exception"/>
    /// <inheritdoc cref="DemandAsync" path="/exception"/>
    public async Task<ConsoleUser> SetEnabledAsync(long id, bool isEnabled, Operator by, CancellationToken cancel)
    {
        var action = isEnabled ? AccessActions.UserEnabled : AccessActions.UserDisabled;
        return await ChangeAsync(id, action, await DemandAsync(id, action, by, cancel), endSessions: !isEnabled, (_, user) =>
        {
            user.Enabled = isEnabled;
            return NothingMoreToSay;
        }, cancel);
    }

    /// <summary>Gives a user another password and signs them out everywhere.</summary>
    /// <exception cref="AccountRefusedException">The password will not do.</exception>
    /// <inheritdoc cref="ChangeAsync" path="/exception"/>
    /// <inheritdoc cref="DemandAsync" path="/exception"/>
    public async Task<ConsoleUser> SetPasswordAsync(long id, string password, Operator by, CancellationToken cancel)
    {
        var actor = await DemandAsync(id, AccessActions.PasswordSet, by, cancel);
        var name = await database.ReadAsync(db => db.Users.Where(u => u.Id == id).Select(u => u.UserName).SingleOrDefaultAsync(cancel)) ?? throw new AccountRefusedException(AccountRefusedException.Unknown);
        var hash = accounts.HashOf(password, name);
        return await ChangeAsync(id, AccessActions.PasswordSet, actor, endSessions: true, (_, user) =>
        {
            user.PasswordHash = hash;
            return NothingMoreToSay;
        }, cancel);
    }

    /// <summary>For who lost phone and recovery codes: the password alone signs in again, until they turn it on anew.</summary>
    /// <inheritdoc cref="ChangeAsync" path="/exception"/>
    /// <inheritdoc cref="DemandAsync" path="/exception"/>
    public async Task<ConsoleUser> ResetSecondFactorAsync(long id, Operator by, CancellationToken cancel) =>
        await ChangeAsync(id, AccessActions.SecondFactorReset, await DemandAsync(id, AccessActions.SecondFactorReset, by, cancel), endSessions: true, async (db, user) =>
        {
            user.TwoFactorEnabled = false;
            await SecondFactor.TurnOffAsync(db, id, cancel);
            return await NothingMoreToSay;
        }, cancel);

    private static string InWords(ConsoleUser user) => user.ExtraPermissions.Length == 0 ? user.Role : $"{user.Role} {user.ExtraPermissions}";

    private static Task<(string? Before, string? After)> NothingMoreToSay => Task.FromResult<(string?, string?)>((null, null));

    /// <returns>Who it is, as the audit says it.</returns>
    /// <exception cref="OperationRefusedException">Not allowed.</exception>
    /// <exception cref="AccountRefusedException">The caller has to give their password again.</exception>
    private async Task<AuditActor> DemandAsync(long id, string action, Operator by, CancellationToken cancel)
    {
        var actor = await guard.DemandAsync(by, Permissions.ManageUsers, new(action, AuditOutcome.Done, FormattableString.Invariant($"user {id}")), cancel);
        await sessions.DemandConfirmedAsync(by, cancel);
        return actor;
    }

    /// <param name="change">Says what it was and what it is, where the action's name does not.</param>
    /// <exception cref="AccountRefusedException">No such user, or nobody would be left who administers.</exception>
    private Task<ConsoleUser> ChangeAsync(
        long id, string action, AuditActor actor, bool endSessions, Func<OrdersDb, ConsoleUser, Task<(string? Before, string? After)>> change, CancellationToken cancel) => database.WriteAsync(async db =>
    {
        // One at a time: of the last two administrators, each of two who take one away must see what the other did.
        await db.ConsoleSetups.ExecuteUpdateAsync(set => set.SetProperty(s => s.By, s => s.By), cancel);
        var user = await db.Users.AsTracking().SingleOrDefaultAsync(u => u.Id == id, cancel) ?? throw new AccountRefusedException(AccountRefusedException.Unknown);
        var (before, after) = await change(db, user);
        if (user is not { Enabled: true, Role: Roles.Admin } && !await db.Users.AnyAsync(u => u.Id != id && u.Enabled && u.Role == Roles.Admin, cancel))
            throw new AccountRefusedException(AccountRefusedException.LastAdmin);
        user.ConcurrencyStamp = Guid.NewGuid().ToString("N");
        await db.SaveChangesAsync(cancel);
        if (endSessions) await sessions.EndAsync(db, s => s.UserId == id, cancel);
        await audit.AppendAsync(db, actor, new AuditEntry(action, AuditOutcome.Done, user.UserName) { Before = before, After = after }, cancel);
        return user;
    }, cancel);

    private static void CheckRole(string role)
    {
        if (!Roles.All.Contains(role)) throw new InvalidInputException("role", string.Join(", ", Roles.All));
    }
}

/// <summary>What the audit calls what happens to accounts and keys.</summary>
internal static class AccessActions
{
    public const string SetUp = "setup", SignedIn = "sign_in", SignInFailed = "sign_in_failed", SignedOut = "sign_out";
    public const string PasswordChanged = "password_changed", SecondFactorOn = "second_factor_on", SecondFactorOff = "second_factor_off", SessionEnded = "session_ended";
    public const string UserCreated = "user_created", UserRoleChanged = "user_role_changed", UserDisabled = "user_disabled", UserEnabled = "user_enabled", PasswordSet = "password_set", SecondFactorReset = "second_factor_reset";
    public const string KeyCreated = "key_created", KeyRevoked = "key_revoked";
}
