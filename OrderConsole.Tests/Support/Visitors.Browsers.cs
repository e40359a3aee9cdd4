using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using OrderConsole.Access;
using OrderConsole.Core.Access;

namespace OrderConsole.Tests.Support;

public static partial class Visitors
{
    private static readonly ConcurrentDictionary<string, string> Cookies = new();

    /// <summary>The administrator's cookie for this console.</summary>
    public static async Task<Microsoft.Playwright.Cookie> CookieAsync(Uri console)
    {
        var authority = console.GetLeftPart(UriPartial.Authority);
        if (!Cookies.TryGetValue(authority, out var value) || !await IsGoodAsync(authority, value))
            Cookies[authority] = value = await UntilSignedInAsync(new Uri(authority));
        return Cookie(authority, value);
    }

    public static async Task<Microsoft.Playwright.Cookie> CookieAsync(Uri console, string name, string password) =>
        Cookie(console.GetLeftPart(UriPartial.Authority), await SignInAsync(console, name, password) ?? throw new InvalidOperationException($"{name} can not sign in."));

    public static async Task<string> CookieHeaderAsync(Uri console) => $"{ConsoleAuthentication.CookieName}={(await CookieAsync(console)).Value}";

    /// <summary>Signs in as the form does.</summary>
    /// <returns>The cookie's value, or null when it was refused.</returns>
    public static async Task<string?> SignInAsync(Uri console, string name, string password)
    {
        var form = new SignInForm(console);
        using var answer = await form.PostAsync("sign-in/password", ("name", name), ("password", password));
        return form.Cookie(ConsoleAuthentication.CookieName);
    }

    /// <summary>For a console without a database: a cookie of the administrator from better times.</summary>
    public static void SignedInEarlier(ConsoleHost host)
    {
        var cookie = host.Get<IOptionsMonitor<CookieAuthenticationOptions>>().Get(ConsoleAuthentication.Cookie);
        var ticket = new AuthenticationTicket(Principals.Of(new ConsoleUser { UserName = Admin, Role = Roles.Admin }, "earlier"), ConsoleAuthentication.Cookie);
        (ticket.Properties.IssuedUtc, ticket.Properties.ExpiresUtc) = (TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddHours(1));
        Cookies[host.Address.GetLeftPart(UriPartial.Authority)] = cookie.TicketDataFormat.Protect(ticket);
    }

    private static Microsoft.Playwright.Cookie Cookie(string authority, string value) => new() { Name = ConsoleAuthentication.CookieName, Value = value, Url = authority, HttpOnly = true };

    // A console answers before its schema and its first administrator are there, on a busy machine by seconds.
    private static async Task<string> UntilSignedInAsync(Uri console)
    {
        using var program = new HttpClient();
        SignIn(program);
        await Eventually.HoldsAsync(async () => (await program.GetAsync(new Uri(console, "/api/me"))).IsSuccessStatusCode, "the first administrator is there");
        return await SignInAsync(console, Admin, Password) ?? throw new InvalidOperationException("The administrator can not sign in.");
    }

    private static async Task<bool> IsGoodAsync(string authority, string value)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, authority + "/api/me") { Headers = { { "Cookie", $"{ConsoleAuthentication.CookieName}={value}" } } };
        using var answer = await http.SendAsync(request);
        return answer.IsSuccessStatusCode;
    }
}
