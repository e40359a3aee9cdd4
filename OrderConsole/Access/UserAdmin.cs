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
public sealed class UserAdmin(OrderDatabase database, Accounts accounts, OperationGuard guard, AuditLog audit, TimeProvider time)
{
    public Task<List<ConsoleUser>> ListAsync(CancellationToken cancel) => database.ReadAsync(db => db.Users.OrderBy(u => u.NormalizedUserName).ToListAsync(cancel));

    /// <exception cref="AccountRefusedException">The name or the password will not do, or the name is taken.</exception>
    /// <exception cref="OperationRefusedException">Not allowed.</exception>
    /// <exception cref="InvalidInputException">There is no such role.</exception>
    public async Task<ConsoleUser> CreateAsync(string name, string password, string role, Operator by, CancellationToken cancel)
    {
        var what = new AuditEntry(AccessActions.UserCreated, AuditOutcome.Done, name) { After = role };
        var actor = await guard.DemandAsync(by, Permissions.ManageUsers, what, cancel);
        await OwnAccount.DemandConfirmedAsync(database, by, time.GetUtcNow(), cancel);
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

    /// <inheritdoc cref="ChangeAsync" path="/exception"/>
    public Task<ConsoleUser> SetRoleAsync(long id, string role, Operator by, CancellationToken cancel)
    {
        CheckRole(role);
        return ChangeAsync(id, AccessActions.UserRoleChanged, by, endSessions: false, user =>
        {
            var before = user.Role;
            user.Role = role;
            return (before, role);
        }, cancel);
    }

    /// <summary>A disabled user is signed out everywhere and can do nothing from this moment on.</summary>
    /// <inheritdoc cref="ChangeAsync" path="/exception"/>
    public Task<ConsoleUser> SetEnabledAsync(long id, bool isEnabled, Operator by, CancellationToken cancel) =>
        ChangeAsync(id, isEnabled ? AccessActions.UserEnabled : AccessActions.UserDisabled, by, endSessions: !isEnabled, user =>
        {
            user.Enabled = isEnabled;
            return (null, null);
        }, cancel);

    /// <summary>Gives a user another password and signs them out everywhere.</summary>
    /// <inheritdoc cref="ChangeAsync" path="/exception"/>
    public Task<ConsoleUser> SetPasswordAsync(long id, string password, Operator by, CancellationToken cancel) =>
        ChangeAsync(id, AccessActions.PasswordSet, by, endSessions: true, user =>
        {
            accounts.SetPassword(user, password);
            return (null, null);
        }, cancel);

    /// <summary>For who lost phone and recovery codes: the password alone signs in again, until they turn it on anew.</summary>
    /// <inheritdoc cref="ChangeAsync" path="/exception"/>
    public Task<ConsoleUser> ResetSecondFactorAsync(long id, Operator by, CancellationToken cancel) =>
        ChangeAsync(id, AccessActions.SecondFactorReset, by, endSessions: true, user =>
        {
            user.TwoFactorEnabled = false;
            return (null, null);
        }, cancel);

    /// <exception cref="AccountRefusedException">No such user, the password will not do, nobody would be left who administers, or the caller has to give their password again.</exception>
    /// <exception cref="OperationRefusedException">Not allowed.</exception>
    private async Task<ConsoleUser> ChangeAsync(
        long id, string action, Operator by, bool endSessions, Func<ConsoleUser, (string? Before, string? After)> change, CancellationToken cancel)
    {
        var actor = await guard.DemandAsync(by, Permissions.ManageUsers, new(action, AuditOutcome.Done, FormattableString.Invariant($"user {id}")), cancel);
        var now = time.GetUtcNow();
        await OwnAccount.DemandConfirmedAsync(database, by, now, cancel);
        return await database.WriteAsync(async db =>
        {
            // One at a time: of the last two administrators, each of two who take one away must see what the other did.
            await db.ConsoleSetups.ExecuteUpdateAsync(set => set.SetProperty(s => s.By, s => s.By), cancel);
            var user = await db.Users.AsTracking().SingleOrDefaultAsync(u => u.Id == id, cancel) ?? throw new AccountRefusedException(AccountRefusedException.Unknown);
            var (before, after) = change(user);
            if (user is not { Enabled: true, Role: Roles.Admin } && !await db.Users.AnyAsync(u => u.Id != id && u.Enabled && u.Role == Roles.Admin, cancel))
                throw new AccountRefusedException(AccountRefusedException.LastAdmin);
            user.ConcurrencyStamp = Guid.NewGuid().ToString("N");
            await db.SaveChangesAsync(cancel);
            if (action == AccessActions.SecondFactorReset) await SecondFactor.TurnOffAsync(db, id, cancel);
            if (endSessions)
                await db.ConsoleSessions.Where(s => s.UserId == id && s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), cancel);
            await audit.AppendAsync(db, actor, new AuditEntry(action, AuditOutcome.Done, user.UserName) { Before = before, After = after }, cancel);
            return user;
        }, cancel);
    }

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
