using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;

namespace OrderConsole.Access;

/// <summary>What users do to their own account; each change with its row of the audit in the same transaction.</summary>
public sealed class OwnAccount(OrderDatabase database, Accounts accounts, SecondFactor second, Sessions sessions, SignInLimits limits, AccessRules rules, AuditLog audit)
{
    public async Task<ConsoleUser> ReadAsync(Operator by, CancellationToken cancel)
    {
        await rules.DemandAsync(by, Permissions.View, cancel);
        return await database.ReadAsync(db => db.Users.SingleAsync(u => u.Id == by.UserId, cancel));
    }

    /// <summary>The places where the user is signed in.</summary>
    public Task<List<ConsoleSession>> SessionsAsync(Operator by, CancellationToken cancel) => sessions.OfUserAsync(by.UserId ?? 0, cancel);

    /// <summary>Gives the user another password, and signs them out everywhere but here.</summary>
    /// <exception cref="AccountRefusedException">The present password is wrong, or the new one will not do.</exception>
    public async Task SetPasswordAsync(string current, string password, Operator by, CancellationToken cancel)
    {
        await ConfirmAsync(current, by, cancel);
        var hash = accounts.HashOf(password, by.Name);
        await ChangeAsync(by, AccessActions.PasswordChanged, async db =>
        {
            var user = await db.Users.AsTracking().SingleAsync(u => u.Id == by.UserId, cancel);
            user.PasswordHash = hash;
            user.ConcurrencyStamp = Guid.NewGuid().ToString("N");
            await db.SaveChangesAsync(cancel);
            await sessions.EndAsync(db, s => s.UserId == user.Id && s.Id != by.Session, cancel);
        }, cancel);
    }

    /// <returns>The recovery codes, which are shown once.</returns>
    /// <exception cref="AccountRefusedException">The code is not one of this secret, or the password was not given lately.</exception>
    public async Task<IReadOnlyList<string>> TurnSecondFactorOnAsync(string secret, string code, Operator by, CancellationToken cancel)
    {
        await sessions.DemandConfirmedAsync(by, cancel);
        var step = second.StepOf(secret, code.Trim()) ?? throw new AccountRefusedException(AccountRefusedException.WrongCode);
        IReadOnlyList<string> codes = [];
        await ChangeAsync(by, AccessActions.SecondFactorOn, async db => codes = await second.TurnOnAsync(db, by.UserId!.Value, secret, step, cancel), cancel);
        return codes;
    }

    /// <exception cref="AccountRefusedException">The password was not given lately.</exception>
    public async Task TurnSecondFactorOffAsync(Operator by, CancellationToken cancel)
    {
        await sessions.DemandConfirmedAsync(by, cancel);
        await ChangeAsync(by, AccessActions.SecondFactorOff, db => SecondFactor.TurnOffAsync(db, by.UserId!.Value, cancel), cancel);
    }

    /// <summary>Ends one of the user's own sessions, or with null all but this one.</summary>
    public Task EndSessionAsync(string? id, Operator by, CancellationToken cancel) => ChangeAsync(by, AccessActions.SessionEnded,
        db => sessions.EndAsync(db, s => s.UserId == by.UserId && (id == null ? s.Id != by.Session : s.Id == id), cancel), cancel);

    /// <summary>Notes that the user of this session gave their password just now.</summary>
    /// <exception cref="AccountRefusedException">It is wrong, or was wrong too often.</exception>
    public async Task ConfirmAsync(string password, Operator by, CancellationToken cancel)
    {
        await rules.DemandAsync(by, Permissions.View, cancel);
        if (limits.Wait(by.Name, by.Address ?? "") is not null) throw new AccountRefusedException(AccountRefusedException.Wait);
        await limits.Hashing.WaitAsync(cancel);
        try
        {
            if (password.Length is 0 or > PasswordRules.Longest || await accounts.FindAsync(by.Name, password, cancel) is null)
            {
                limits.Failed(by.Name, by.Address ?? "");
                await audit.WriteAsync(by.Actor(), new(AccessActions.SignInFailed, AuditOutcome.Denied, by.Name), cancel);
                throw new AccountRefusedException(AccountRefusedException.WrongPassword);
            }
        }
        finally
        {
            limits.Hashing.Release();
        }
        limits.Succeeded(by.Name, by.Address ?? "");
        await sessions.ConfirmAsync(by.Session, cancel);
    }

    private async Task ChangeAsync(Operator by, string action, Func<OrdersDb, Task> change, CancellationToken cancel)
    {
        var role = await rules.DemandAsync(by, Permissions.View, cancel);
        await database.WriteAsync(async db =>
        {
            await change(db);
            await audit.AppendAsync(db, by.Actor(role), new AuditEntry(action, AuditOutcome.Done, by.Name), cancel);
            return 0;
        }, cancel);
    }
}
