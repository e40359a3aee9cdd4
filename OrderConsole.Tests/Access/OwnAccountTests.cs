using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Tests.Support;
using OtpNet;

namespace OrderConsole.Tests.Access;

/// <summary>What users do to their own account, and what an open page alone is not enough for.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class OwnAccountTests(SharedConsole console)
{
    private const string Password = "a long walk to nowhere", Another = "another quiet harbour";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private OrderDatabase Database => console.Host.Get<OrderDatabase>();
    private OwnAccount Own => console.Host.Get<OwnAccount>();

    [Fact]
    public async Task A_new_password_needs_the_present_one_and_ends_the_other_sessions()
    {
        var (here, there) = (await SignedInAsync("own.password", Roles.Viewer), await SessionAsync("own.password"));
        (await Should.ThrowAsync<AccountRefusedException>(() => Own.SetPasswordAsync("not the password", Another, here, Cancel))).Code.ShouldBe("wrong_password");
        (await Should.ThrowAsync<AccountRefusedException>(() => Own.SetPasswordAsync(Password, "password1234", here, Cancel))).Code.ShouldBe("common");
        (await IsOpenAsync(there)).ShouldBeTrue("nothing was changed yet");

        await Own.SetPasswordAsync(Password, Another, here, Cancel);

        (await IsOpenAsync(there)).ShouldBeFalse();
        (await IsOpenAsync(here.Session!)).ShouldBeTrue();
        (await Visitors.SignInAsync(console.Host.Address, "own.password", Password)).ShouldBeNull();
        (await Visitors.SignInAsync(console.Host.Address, "own.password", Another)).ShouldNotBeNull();
        (await ActionsAsync("own.password")).ShouldBe(["sign_in_failed", "password_changed", "sign_in_failed", "sign_in"], ignoreOrder: true);
    }

    [Fact]
    public async Task Whoever_guesses_the_present_password_at_an_open_page_has_to_wait()
    {
        var by = await SignedInAsync("own.guesser", Roles.Viewer);
        for (var i = 0; i < 5; i++) (await Should.ThrowAsync<AccountRefusedException>(() => Own.ConfirmAsync("not the password", by, Cancel))).Code.ShouldBe("wrong_password");
        (await Should.ThrowAsync<AccountRefusedException>(() => Own.ConfirmAsync(Password, by, Cancel))).Code.ShouldBe("wait");
    }

    [Fact]
    public async Task What_gives_power_away_wants_the_password_again_after_ten_minutes()
    {
        var by = await SignedInAsync("own.boss", Roles.Admin);
        await Database.WriteAsync(db => db.ConsoleSessions.Where(s => s.Id == by.Session)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.StartedAt, TimeProvider.System.GetUtcNow().AddMinutes(-11)), Cancel), Cancel);
        var (users, keys) = (console.Host.Get<UserAdmin>(), console.Host.Get<KeyAdmin>());
        Func<Task>[] powers =
        [
            () => users.CreateAsync("own.friend", Password, Roles.Admin, by, Cancel),
            () => users.SetRoleAsync(by.UserId!.Value, Roles.Admin, null, by, Cancel),
            () => users.SetPasswordAsync(by.UserId!.Value, Another, by, Cancel),
            () => users.ResetSecondFactorAsync(by.UserId!.Value, by, Cancel),
            () => keys.CreateAsync("own.key", [Permissions.View], null, _ => true, by, Cancel),
            () => Own.TurnSecondFactorOnAsync(SecondFactor.New("x").Secret, "123456", by, Cancel),
            () => Own.TurnSecondFactorOffAsync(by, Cancel),
        ];
        foreach (var power in powers) (await Should.ThrowAsync<AccountRefusedException>(power)).Code.ShouldBe("confirm");

        await Own.ConfirmAsync(Password, by, Cancel);
        await users.CreateAsync("own.friend", Password, Roles.Viewer, by, Cancel);
    }

    [Fact]
    public async Task With_a_second_factor_the_password_alone_signs_nobody_in()
    {
        var by = await SignedInAsync("own.phone", Roles.Operator);
        var (secret, _) = SecondFactor.New(by.Name);
        (await Should.ThrowAsync<AccountRefusedException>(() => Own.TurnSecondFactorOnAsync(secret, "000000", by, Cancel))).Code.ShouldBe("wrong_code");
        var recovery = await Own.TurnSecondFactorOnAsync(secret, new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime), by, Cancel);

        var form = new SignInForm(console.Host.Address);
        using var half = await form.PostAsync("sign-in/password", ("name", by.Name), ("password", Password), ("from", "/orders"));
        half.Headers.Location!.ToString().ShouldBe("/sign-in/second?from=%2Forders");
        form.Cookie(ConsoleAuthentication.CookieName).ShouldBeNull();
        (await form.GetAsync("api/me")).ShouldBe(HttpStatusCode.Unauthorized, "half of a sign-in is none");
        using var wrong = await form.PostAsync("sign-in/code", ("code", "000000"), ("from", "/orders"));
        wrong.Headers.Location!.ToString().ShouldStartWith("/sign-in/second?failed=wrong");
        (await form.GetAsync("api/me")).ShouldBe(HttpStatusCode.Unauthorized);

        using var right = await form.PostAsync("sign-in/code", ("code", recovery[0]), ("from", "/orders"));
        right.Headers.Location!.ToString().ShouldBe("/orders");
        (await form.GetAsync("api/me")).ShouldBe(HttpStatusCode.OK);

        var stranger = new SignInForm(console.Host.Address);
        using var without = await stranger.PostAsync("sign-in/code", ("code", recovery[1]));
        without.Headers.Location!.ToString().ShouldContain("failed=wait", Case.Sensitive, "a code without its password is none");
        (await stranger.GetAsync("api/me")).ShouldBe(HttpStatusCode.Unauthorized);

        await console.Host.Get<UserAdmin>().ResetSecondFactorAsync(by.UserId!.Value, await SignedInAsync("own.helper", Roles.Admin), Cancel);
        (await Visitors.SignInAsync(console.Host.Address, by.Name, Password)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Guessing_codes_is_slowed_down_too()
    {
        var by = await SignedInAsync("own.guessed", Roles.Operator);
        var (secret, _) = SecondFactor.New(by.Name);
        await Own.TurnSecondFactorOnAsync(secret, new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime), by, Cancel);
        var form = new SignInForm(console.Host.Address);
        (await form.PostAsync("sign-in/password", ("name", by.Name), ("password", Password))).Dispose();
        for (var i = 0; i < 5; i++)
            using (var wrong = await form.PostAsync("sign-in/code", ("code", "000000"))) wrong.Headers.Location!.ToString().ShouldContain("failed=wrong");
        using var late = await form.PostAsync("sign-in/code", ("code", "000000"));
        late.Headers.Location!.ToString().ShouldContain("failed=wait");
    }

    [Fact]
    public async Task Ones_own_sessions_are_ended_and_nobody_elses()
    {
        var (here, there) = (await SignedInAsync("own.sessions", Roles.Viewer), await SessionAsync("own.sessions"));
        var other = await SignedInAsync("own.neighbour", Roles.Viewer);
        (await Own.SessionsAsync(here, Cancel)).Select(s => s.Id).ShouldBe([here.Session!, there], ignoreOrder: true);

        await Own.EndSessionAsync(other.Session, here, Cancel);
        (await IsOpenAsync(other.Session!)).ShouldBeTrue();
        await Own.EndSessionAsync(there, here, Cancel);
        (await IsOpenAsync(there)).ShouldBeFalse();
        var third = await SessionAsync("own.sessions");
        await Own.EndSessionAsync(null, here, Cancel);
        (await IsOpenAsync(third), await IsOpenAsync(here.Session!)).ShouldBe((false, true));
    }

    private async Task<Operator> SignedInAsync(string name, string role)
    {
        var user = console.Host.Get<Accounts>().New(name, Password, role);
        await Database.WriteAsync(db => { db.Add(user); return db.SaveChangesAsync(Cancel); }, Cancel);
        return new(name, Operator.Console, "127.0.0.1") { UserId = user.Id, Session = await SessionAsync(name) };
    }

    private async Task<string> SessionAsync(string name)
    {
        var user = await Database.ReadAsync(db => db.Users.SingleAsync(u => u.UserName == name, Cancel));
        return (await console.Host.Get<Sessions>().BeginAsync(user, new DefaultHttpContext())).Id;
    }

    private async Task<bool> IsOpenAsync(string session) => await console.Host.Get<Sessions>().UserOfAsync(session, Cancel) is not null;

    private Task<List<string>> ActionsAsync(string who) => Database.ReadAsync(db => db.Audit.Where(r => r.Who == who || r.Target == who).Select(r => r.Action).ToListAsync(Cancel));
}
