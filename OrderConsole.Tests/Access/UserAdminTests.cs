using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Tests.Audit;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Access;

/// <summary>What administrators do to users, and what they may not do to each other.</summary>
public sealed class UserAdminTests
{
    private const string Password = "a quiet harbour at dawn";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task Two_administrators_who_disable_each_other_at_once_leave_one(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var admin = Admin(database.Orders);
        await SetUpAsync(database.Orders);
        for (var round = 0; round < 5; round++)
        {
            var (ann, ben) = (await People.SignInAsync(database.Orders, $"ann{round}", Roles.Admin), await People.SignInAsync(database.Orders, $"ben{round}", Roles.Admin));
            await database.Orders.WriteAsync(db => db.Users.Where(u => u.Id != ann.UserId && u.Id != ben.UserId).ExecuteUpdateAsync(set => set.SetProperty(u => u.Enabled, false), Cancel), Cancel);

            var faults = await Task.WhenAll(
                Task.Run(() => Record.ExceptionAsync(() => admin.SetEnabledAsync(ben.UserId!.Value, false, ann, Cancel)).AsTask()),
                Task.Run(() => Record.ExceptionAsync(() => admin.SetRoleAsync(ann.UserId!.Value, Roles.Viewer, null, ben, Cancel)).AsTask()));

            faults.Count(f => f is null).ShouldBeLessThanOrEqualTo(1);
            (await database.Orders.ReadAsync(db => db.Users.CountAsync(u => u.Enabled && u.Role == Roles.Admin, Cancel))).ShouldBeGreaterThan(0, "somebody administers still");
        }
    }

    [Fact]
    public async Task A_change_counts_at_once_ends_sessions_and_is_in_the_audit()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var admin = Admin(database.Orders);
        await SetUpAsync(database.Orders);
        var boss = await People.SignInAsync(database.Orders, "boss", Roles.Admin);
        var made = await admin.CreateAsync("worker", Password, Roles.Viewer, boss, Cancel);
        (await Should.ThrowAsync<AccountRefusedException>(() => admin.CreateAsync("WORKER", Password, Roles.Viewer, boss, Cancel))).Code.ShouldBe("taken");
        var worker = new Operator("worker", Operator.Console) { UserId = made.Id, Session = "s1" };
        var now = TimeProvider.System.GetUtcNow();
        await database.Orders.WriteAsync(db => { db.Add(new ConsoleSession { Id = "s1", UserId = made.Id, StartedAt = now, LastSeenAt = now, ExpiresAt = now.AddHours(1) }); return db.SaveChangesAsync(Cancel); }, Cancel);
        var rules = new AccessRules(database.Orders, TimeProvider.System);

        (await Should.ThrowAsync<AccessDeniedException>(() => rules.DemandAsync(worker, Permissions.Cancel, Cancel))).Why.ShouldBe("not_permitted");
        await admin.SetRoleAsync(made.Id, Roles.Operator, null, boss, Cancel);
        (await rules.DemandAsync(worker, Permissions.Cancel, Cancel)).ShouldBe(Roles.Operator);
        (await Should.ThrowAsync<OperationRefusedException>(() => admin.SetRoleAsync(made.Id, Roles.Admin, null, worker, Cancel))).Code.ShouldBe("forbidden");
        await admin.SetPasswordAsync(made.Id, "another quiet harbour", boss, Cancel);
        (await Should.ThrowAsync<AccessDeniedException>(() => rules.DemandAsync(worker, Permissions.Cancel, Cancel))).Why.ShouldBe("session_over");
        await admin.SetEnabledAsync(made.Id, false, boss, Cancel);
        (await Should.ThrowAsync<AccountRefusedException>(() => admin.SetEnabledAsync(boss.UserId!.Value, false, boss, Cancel))).Code.ShouldBe("last_admin");

        var rows = await database.Orders.ReadAsync(db => db.Audit.OrderBy(r => r.Seq).Select(r => new { r.Who, r.Action, r.Outcome, r.Before, r.After }).ToListAsync(Cancel));
        rows.Select(r => $"{r.Who} {r.Action} {r.Outcome} {r.Before}>{r.After}").ShouldBe(
        [
            "boss user_created Done >viewer", "boss user_role_changed Done viewer>operator", "worker user_role_changed Denied >", "boss password_set Done >", "boss user_disabled Done >",
        ]);
    }

    [Fact]
    public async Task Single_permissions_are_given_beyond_the_role_and_taken_again()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var admin = Admin(database.Orders);
        await SetUpAsync(database.Orders);
        var boss = await People.SignInAsync(database.Orders, "boss", Roles.Admin);
        var worker = await People.SignInAsync(database.Orders, "worker", Roles.Viewer);
        var id = worker.UserId!.Value;
        var rules = new AccessRules(database.Orders, TimeProvider.System);

        (await Should.ThrowAsync<InvalidInputException>(() => admin.SetRoleAsync(id, Roles.Viewer, ["fly"], boss, Cancel))).Field.ShouldBe("permissions");
        await admin.SetRoleAsync(id, Roles.Viewer, [Permissions.Pause, Permissions.Cancel, Permissions.View], boss, Cancel);
        (await rules.DemandAsync(worker, Permissions.Cancel, Cancel)).ShouldBe(Roles.Viewer);
        (await Should.ThrowAsync<AccessDeniedException>(() => rules.DemandAsync(worker, Permissions.Unlock, Cancel))).Why.ShouldBe("not_permitted");
        await admin.SetRoleAsync(id, Roles.Operator, null, boss, Cancel);
        await admin.SetRoleAsync(id, Roles.Viewer, [Permissions.Pause], boss, Cancel);
        (await Should.ThrowAsync<AccessDeniedException>(() => rules.DemandAsync(worker, Permissions.Cancel, Cancel))).Why.ShouldBe("not_permitted");

        (await database.Orders.ReadAsync(db => db.Audit.OrderBy(r => r.Seq).Select(r => new { r.Before, r.After }).ToListAsync(Cancel))).Select(r => $"{r.Before} > {r.After}").ShouldBe(
        [
            "viewer > viewer cancel pause", "viewer cancel pause > operator cancel pause", "operator cancel pause > viewer pause",
        ]);
    }

    private static UserAdmin Admin(OrderDatabase database)
    {
        var audit = new AuditLog(database, new AuditKeys(ShopOperations.AuditKey), TimeProvider.System);
        return new UserAdmin(database, AccountsOf(database), new Sessions(database, Options.Create(new AccessOptions()), TimeProvider.System),
            new OperationGuard(new AccessRules(database, TimeProvider.System), audit, Options.Create(new OperationOptions())), audit);
    }

    private static async Task SetUpAsync(OrderDatabase database)
    {
        await AccountsOf(database).SetUpAsync("first", Password, "", Cancel);
        await database.WriteAsync(db => db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.Enabled, false), Cancel), Cancel);
    }

    private static Accounts AccountsOf(OrderDatabase database) =>
        new(database, new PasswordHasher<ConsoleUser>(Options.Create(new PasswordHasherOptions { IterationCount = 10_000 })), TimeProvider.System);
}
