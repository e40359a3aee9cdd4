using System.Net;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Access;
using OrderConsole.Core.Data;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Access;

/// <summary>The keys of cookies: shared by the consoles of one database, and of no use to who reads it.</summary>
public sealed class CookieKeyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Consoles_of_one_database_know_each_others_cookies_and_the_database_alone_does_not_help()
    {
        await using var one = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false"), new("Access:KeyFolder", "")]);
        var cookie = await Visitors.SignInAsync(one.Address, Visitors.Admin, Visitors.Password);
        var connection = one.Get<OrderDatabase>().ConnectionString;
        await using (var other = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false"), new("Access:KeyFolder", ""), new("ConnectionStrings:Orders", connection)]))
            (await StatusAsync(other, cookie!)).ShouldBe(HttpStatusCode.OK);
        await using (var stranger = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false"), new("Access:KeyFolder", ""), new("ConnectionStrings:Orders", connection), new("Audit:Key", new string('x', 40))]))
            (await StatusAsync(stranger, cookie!)).ShouldBe(HttpStatusCode.Unauthorized, "it has the database and not the secret");

        var kept = await one.Get<OrderDatabase>().ReadAsync(db => db.CookieKeys.OrderBy(k => k.Id).Select(k => k.Xml).ToListAsync(Cancel));
        kept.Count.ShouldBe(2, "the stranger made one of its own");
        kept.ShouldAllBe(xml => xml.Contains("<sealed key=") && !xml.Contains("masterKey"));
    }

    private static async Task<HttpStatusCode> StatusAsync(ConsoleHost host, string cookie)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Add("Cookie", $"{ConsoleAuthentication.CookieName}={cookie}");
        using var answer = await http.GetAsync("/api/me", Cancel);
        return answer.StatusCode;
    }
}
