using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Access;

/// <summary>Signing in through a provider, and what does not get in that way.</summary>
public sealed class OAuthTests : IAsyncLifetime
{
    private OAuthProvider _provider = default!;
    private ConsoleHost _host = default!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private OrderDatabase Database => _host.Get<OrderDatabase>();

    public async ValueTask InitializeAsync()
    {
        _provider = await OAuthProvider.StartAsync();
        _host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false"), .. _provider.Settings]);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task A_group_gives_its_role_takes_it_back_and_never_gives_more_later()
    {
        (await SignInAsync("/orders")).ShouldBe("/orders");
        (await RoleOfAsync("sam")).ShouldBe(Roles.Operator);
        _provider.Person = new { sub = "1", preferred_username = "sam", groups = "all" };
        await SignInAsync();
        (await RoleOfAsync("sam")).ShouldBe(Roles.Viewer);
        _provider.Person = new { sub = "1", preferred_username = "sam", groups = new[] { "all", "ops" } };
        await SignInAsync();
        (await RoleOfAsync("sam")).ShouldBe(Roles.Viewer, "an administrator gives more");
        (await Database.ReadAsync(db => db.Audit.CountAsync(r => r.Who == "sam" && r.Action == "sign_in" && r.Outcome == AuditOutcome.Done, Cancel))).ShouldBe(3);
    }

    [Fact]
    public async Task Who_is_in_no_group_or_disabled_does_not_get_in()
    {
        _provider.Person = new { sub = "2", preferred_username = "eve", groups = new[] { "guests" } };
        (await SignInAsync()).ShouldBe("/sign-in?failed=provider_denied");
        (await Database.ReadAsync(db => db.Users.AnyAsync(u => u.UserName == "eve", Cancel))).ShouldBeFalse();

        _provider.Person = new { sub = "3", preferred_username = "tom", groups = new[] { "ops" } };
        await SignInAsync();
        await Database.WriteAsync(db => db.Users.Where(u => u.UserName == "tom").ExecuteUpdateAsync(set => set.SetProperty(u => u.Enabled, false), Cancel), Cancel);
        (await SignInAsync()).ShouldBe("/sign-in?failed=provider_denied");
    }

    [Fact]
    public async Task A_name_that_is_here_already_leads_into_no_account_but_its_own()
    {
        _provider.Person = new { sub = "4", preferred_username = Visitors.Admin, groups = new[] { "ops" } };
        await SignInAsync();
        (await RoleOfAsync(Visitors.Admin)).ShouldBe(Roles.Admin);
        var made = await Database.ReadAsync(db => db.Users.SingleAsync(u => u.Subject == "4", Cancel));
        made.UserName.ShouldStartWith("sso-");
        made.Role.ShouldBe(Roles.Operator);
        (await Visitors.SignInAsync(_host.Address, made.UserName!, "")).ShouldBeNull("there is no password to it");
    }

    [Fact]
    public async Task A_tampered_state_a_replayed_code_and_another_browsers_way_back_are_refused()
    {
        var browser = new SignInForm(_host.Address);
        var back = await BackAsync(browser);
        var state = QueryHelpers.ParseQuery(back.Query)["state"].ToString();
        var tampered = new Uri(back.ToString().Replace(Uri.EscapeDataString(state), Uri.EscapeDataString(state[..^4] + "AAAA"), StringComparison.Ordinal));
        tampered.ShouldNotBe(back);
        (await EndAsync(browser, tampered)).ShouldBe("/sign-in?failed=provider");
        (await EndAsync(new SignInForm(_host.Address), back)).ShouldBe("/sign-in?failed=provider", "another browser does not have the cookie of this way");
        _provider.Refused.ShouldBeEmpty("neither got as far as the provider");

        browser = new SignInForm(_host.Address);
        back = await BackAsync(browser);
        (await EndAsync(browser, back)).ShouldBe("/");
        (await EndAsync(browser, back)).ShouldBe("/sign-in?failed=provider", "the way is over");

        var (first, second) = (new SignInForm(_host.Address), new SignInForm(_host.Address));
        var (used, fresh) = (await BackAsync(first), await BackAsync(second));
        var replayed = new Uri(QueryHelpers.AddQueryString(fresh.GetLeftPart(UriPartial.Path), new Dictionary<string, string?>
        {
            ["code"] = QueryHelpers.ParseQuery(used.Query)["code"], ["state"] = QueryHelpers.ParseQuery(fresh.Query)["state"],
        }));
        (await EndAsync(second, replayed)).ShouldBe("/sign-in?failed=provider", "a code of another way");
        _provider.Refused.ShouldHaveSingleItem().ShouldBe("verifier", "it is another one");
        (await EndAsync(first, used)).ShouldBe("/sign-in?failed=provider", "the code was used up");
        _provider.Refused.ShouldBe(["verifier", "code"]);
    }

    [Fact]
    public async Task No_page_of_another_site_is_where_it_ends() => (await SignInAsync("//evil.example")).ShouldBe("/");

    private async Task<string> SignInAsync(string from = "/")
    {
        var browser = new SignInForm(_host.Address);
        var end = await EndAsync(browser, await BackAsync(browser, from));
        var isIn = browser.Cookie(ConsoleAuthentication.CookieName) is not null;
        isIn.ShouldBe(!end.StartsWith("/sign-in", StringComparison.Ordinal));
        if (isIn) (await browser.GetAsync("api/me")).ShouldBe(HttpStatusCode.OK);
        return end;
    }

    /// <summary>Goes to the provider, and to where it leads back.</summary>
    private async Task<Uri> BackAsync(SignInForm browser, string from = "/")
    {
        using var away = await browser.OpenAsync(new Uri("/sign-in/oauth?from=" + Uri.EscapeDataString(from), UriKind.Relative));
        away.Headers.Location!.ToString().ShouldStartWith(_provider.Address + "/authorize");
        using var back = await browser.OpenAsync(away.Headers.Location);
        back.StatusCode.ShouldBe(HttpStatusCode.Redirect, "the provider gives no code without PKCE");
        return back.Headers.Location!;
    }

    private static async Task<string> EndAsync(SignInForm browser, Uri back)
    {
        using var end = await browser.OpenAsync(back);
        return end.Headers.Location!.ToString();
    }

    private async Task<string> RoleOfAsync(string name) => (await Database.ReadAsync(db => db.Users.SingleAsync(u => u.UserName == name, Cancel))).Role;
}
