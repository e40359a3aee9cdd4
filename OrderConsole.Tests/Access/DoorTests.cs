using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Tests.Api;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Access;

/// <summary>Who gets in, and how far.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class DoorTests(SharedConsole console)
{
    private static readonly string[] Open =
        ["sign-in", "sign-in/second", "setup", "sign-in/password", "sign-in/code", "setup/first", "health/live", "preferences/language/{name}", "preferences/theme/{name}"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private OrderDatabase Database => console.Host.Get<OrderDatabase>();

    [Fact]
    public async Task Whoever_is_not_signed_in_gets_in_nowhere_but_where_everybody_does()
    {
        using var stranger = Stranger();
        var open = new HashSet<string>();
        foreach (var (method, route, endpoint) in MappedEndpoints.Of(console.Host))
        {
            using var request = new HttpRequestMessage(new(method), MappedEndpoints.AddressOf(route, "1"));
            using var answer = await stranger.SendAsync(request, Cancel);
            var closed = answer.StatusCode == HttpStatusCode.Unauthorized || answer.Headers.Location?.ToString().StartsWith("/sign-in", StringComparison.Ordinal) == true;
            if ((!closed || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null) && !MappedEndpoints.IsStaticFile(endpoint)) open.Add(route.TrimStart('/'));
        }
        open.Order(StringComparer.Ordinal).ShouldBe(Open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_key_that_may_look_changes_nothing()
    {
        var (_, secret) = await MakeKeyAsync("looks", Permissions.View);
        using var looker = Stranger(secret);
        (await looker.GetAsync("/api/metrics", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = 0;
        foreach (var (method, route, endpoint) in MappedEndpoints.Of(console.Host).Where(e => e.Method is "POST" or "PUT" or "DELETE" && e.Route.StartsWith("/api/", StringComparison.Ordinal)))
        {
            // What an operation asks for is the gate's to say.
            if (route.StartsWith("/api/operations", StringComparison.Ordinal)) continue;
            using var request = new HttpRequestMessage(new(method), MappedEndpoints.AddressOf(route, "1")) { Content = Answers.Json("{}") };
            await (await looker.SendAsync(request, Cancel)).ProblemAsync(403, "not_permitted");
            refused++;
        }
        refused.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task A_key_is_shown_once_and_is_worth_nothing_from_the_moment_it_is_revoked()
    {
        var (id, secret) = await MakeKeyAsync("short lived", Permissions.View);
        using var caller = Stranger(secret);
        (await caller.GetAsync("/api/metrics", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await console.Http.GetStringAsync("/api/keys", Cancel)).ShouldNotContain(secret);
        (await Database.ReadAsync(db => db.ApiKeys.SingleAsync(k => k.Id == id, Cancel))).Hash.ShouldBe(KeySecret.HashOf(secret));

        (await console.Http.PostAsync($"/api/keys/{id}/revoke", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await (await caller.GetAsync("/api/metrics", Cancel)).ProblemAsync(401, "not_signed_in");
        await Should.ThrowAsync<AccessDeniedException>(() => console.Host.Get<AccessRules>().DemandAsync(new("short lived", Operator.Api) { KeyId = id }, Permissions.View, Cancel));
    }

    [Fact]
    public async Task A_user_who_was_disabled_a_moment_ago_does_nothing_and_sees_nothing()
    {
        var (user, session) = await UserAsync("disabled", Roles.Operator);
        var rules = console.Host.Get<AccessRules>();
        var by = new Operator("disabled", Operator.Console) { UserId = user.Id, Session = session };
        (await rules.DemandAsync(by, Permissions.Cancel, Cancel)).ShouldBe(Roles.Operator);
        (await Should.ThrowAsync<AccessDeniedException>(() => rules.DemandAsync(by, Permissions.ManageUsers, Cancel))).Why.ShouldBe(AccessDeniedException.NotPermitted);

        await Database.WriteAsync(db => db.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.Enabled, false), Cancel), Cancel);

        (await Should.ThrowAsync<AccessDeniedException>(() => rules.DemandAsync(by, Permissions.Cancel, Cancel))).Why.ShouldBe(AccessDeniedException.Disabled);
        (await console.Host.Get<Sessions>().UserOfAsync(session, Cancel)).ShouldBeNull();
        (await console.Host.Get<Sessions>().StillOpenAsync([session], Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_ended_session_permits_nothing()
    {
        var (user, session) = await UserAsync("leaver", Roles.Admin);
        await console.Host.Get<Sessions>().EndAllAsync(user.Id, Cancel);
        var by = new Operator("leaver", Operator.Console) { UserId = user.Id, Session = session };
        (await Should.ThrowAsync<AccessDeniedException>(() => console.Host.Get<AccessRules>().DemandAsync(by, Permissions.View, Cancel))).Why.ShouldBe(AccessDeniedException.SessionOver);
    }

    [Fact]
    public async Task The_form_signs_in_with_the_right_password_alone_and_a_cookie_changes_nothing_by_itself()
    {
        (await Visitors.SignInAsync(console.Host.Address, Visitors.Admin, "not the password")).ShouldBeNull();
        (await Visitors.SignInAsync(console.Host.Address, "nobody", Visitors.Password)).ShouldBeNull();
        var cookie = await Visitors.SignInAsync(console.Host.Address, Visitors.Admin, Visitors.Password);
        using var browser = Stranger();
        browser.DefaultRequestHeaders.Add("Cookie", $"{ConsoleAuthentication.CookieName}={cookie}");
        (await browser.GetAsync("/api/me", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await browser.PostAsync("/api/processing/resume", null, Cancel)).ProblemAsync(403, "no_antiforgery");
    }

    [Fact]
    public async Task The_setup_is_over_once_there_is_an_administrator()
    {
        (await console.Host.Get<Accounts>().SetUpAsync("second", "another quiet harbour", "", Cancel)).ShouldBeFalse();
        console.Host.Get<FirstRun>().IsValid("0123456789abcdef0123456789abcdef").ShouldBeFalse();
    }

    private HttpClient Stranger(string? secret = null)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = console.Host.Address };
        if (secret is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return http;
    }

    private async Task<(long Id, string Secret)> MakeKeyAsync(string name, params string[] scopes)
    {
        var made = await (await console.Http.PostAsJsonAsync("/api/keys", new { name, scopes }, Cancel)).JsonAsync(HttpStatusCode.Created);
        return (made.GetProperty("id").GetInt64(), made.GetProperty("secret").GetString()!);
    }

    private async Task<(ConsoleUser User, string Session)> UserAsync(string name, string role)
    {
        var user = console.Host.Get<Accounts>().New(name, "a long walk to nowhere", role);
        await Database.WriteAsync(db => { db.Add(user); return db.SaveChangesAsync(Cancel); }, Cancel);
        return (user, (await console.Host.Get<Sessions>().BeginAsync(user, new DefaultHttpContext())).Id);
    }
}
