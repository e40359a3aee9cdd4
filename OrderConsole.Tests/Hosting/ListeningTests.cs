using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using OrderConsole.Core.Data;
using OrderConsole.Hosting;
using OrderConsole.Tests.Api;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Hosting;

/// <summary>What other machines may reach, and what goes over the wire to them.</summary>
public sealed partial class ListeningTests
{
    private static readonly KeyValuePair<string, string?>[] BehindAProxy =
        [new("Timeouts:Enabled", "false"), new("Listening:TlsTerminatedInFront", "true"), new("Listening:AllowedHosts:0", "console.example"), new("Listening:HstsDays", "365")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://127.0.0.1:5080", false, false, true)]
    [InlineData("http://0.0.0.0:5080", false, true, false)]
    [InlineData("https://0.0.0.0:5443", false, false, false)]
    [InlineData("https://0.0.0.0:5443", false, true, true)]
    [InlineData("http://0.0.0.0:5080", true, true, true)]
    [InlineData("http://0.0.0.0:5080", true, false, false)]
    public void Other_machines_reach_it_over_tls_and_by_a_name_alone(string url, bool tlsInFront, bool isNamed, bool allowed) =>
        (Listening.WhatIsWrong(url, new() { TlsTerminatedInFront = tlsInFront, AllowedHosts = isNamed ? ["console.example"] : [] }) is null).ShouldBe(allowed);

    [Fact]
    public void The_demo_stays_on_this_machine() =>
        Listening.WhatIsWrong("https://0.0.0.0:5443", new() { AllowedHosts = ["console.example"] }, isDemo: true).ShouldNotBeNull();

    [Theory]
    [InlineData("Listening:TlsTerminatedInFront", "true", "Listening:KnownProxies")]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true", "Listening:KnownProxies")]
    [InlineData("Access:Setup:AdminPassword", "please-change-me-now", "Access:Setup:AdminPassword is a sample")]
    [InlineData("Access:OAuth:ClientId", "console", "Access:OAuth:AuthorizationEndpoint")]
    public async Task A_setting_that_opens_a_door_by_mistake_fails_the_start(string key, string value, string words)
    {
        var (exitCode, output) = await ConsoleProcess.RunToEndAsync([new(key, value)]);
        exitCode.ShouldBe(1);
        output.ShouldContain(words);
        output.ShouldNotContain("please-change-me-now");
    }

    [Fact]
    public void A_secret_in_a_settings_file_is_named_and_not_repeated()
    {
        var folder = Directory.CreateTempSubdirectory("orderconsole-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "appsettings.json"), """{"Audit":{"Key":"mvkeixyqpwlz"},"ConnectionStrings":{"Orders":"Host=db;Password=zwpqlxkv"}}""");
            var wrong = SecretSettings.WhatIsWrong(new ConfigurationBuilder().SetBasePath(folder).AddJsonFile("appsettings.json").Build()).ToList();
            wrong.Count.ShouldBe(2);
            wrong[0].ShouldContain("Audit__Key");
            wrong[1].ShouldContain("ConnectionStrings__Orders");
            string.Join(' ', wrong).ShouldNotContain("mvkeixyqpwlz");
            SecretSettings.WhatIsWrong(new ConfigurationBuilder().AddInMemoryCollection([new("Audit:Key", "mvkeixyqpwlz")]).Build()).ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_named_proxy_says_who_calls_and_whether_it_was_over_tls()
    {
        await using var host = await ConsoleHost.StartAsync([.. BehindAProxy, new("Listening:KnownProxies:0", "127.0.0.0/8")]);
        using var over = await CallAsync(host, "203.0.113.7", "https");
        over.StatusCode.ShouldBe(HttpStatusCode.OK);
        over.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000; includeSubDomains"]);
        await (await CallAsync(host, "203.0.113.7", "http")).ProblemAsync(403, "https_required");
        await (await CallAsync(host, "203.0.113.7", null)).ProblemAsync(403, "https_required");
        await (await CallAsync(host, "203.0.113.7", "https", "evil.example")).ProblemAsync(400, "host_not_allowed");

        await GuessAsync(host, "203.0.113.7");
        (await AddressesAsync(host)).ShouldBe(["203.0.113.7"]);
    }

    [Fact]
    public async Task A_thousand_guesses_from_one_address_keep_the_administrator_out_nowhere_else()
    {
        await using var host = await ConsoleHost.StartAsync([.. BehindAProxy, new("Listening:KnownProxies:0", "127.0.0.0/8")]);
        using (var attacker = await FormAsync(host, "203.0.113.7"))
        {
            var ends = new List<string>();
            for (var i = 0; i < 1_000; i++) ends.Add(await PostAsync(attacker, "not the password " + i));
            ends.Count(e => e.Contains("failed=wrong", StringComparison.Ordinal)).ShouldBeLessThan(20, "few are even looked at");
            ends.Count(e => e.Contains("failed=wait", StringComparison.Ordinal)).ShouldBeGreaterThan(900);
            (await PostAsync(attacker, Visitors.Password)).ShouldContain("failed=wait", Case.Sensitive, "not even the right one from there");
        }
        using var administrator = await FormAsync(host, "203.0.113.8");
        (await PostAsync(administrator, Visitors.Password)).ShouldBe("/");
    }

    [Fact]
    public async Task Whoever_else_says_so_is_not_believed()
    {
        await using var host = await ConsoleHost.StartAsync([.. BehindAProxy, new("Listening:KnownProxies:0", "10.9.9.9")]);
        using var answer = await CallAsync(host, "203.0.113.7", "https");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, "it is a call on this machine");
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
        await GuessAsync(host, "203.0.113.7");
        (await AddressesAsync(host)).ShouldBe(["127.0.0.1"]);
    }

    [Fact]
    public async Task Over_tls_every_cookie_is_secure_and_the_session_is_for_this_host_alone()
    {
        var folder = Directory.CreateTempSubdirectory("orderconsole-").FullName;
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await File.WriteAllBytesAsync(Path.Combine(folder, "tls.pfx"), certificate.Export(X509ContentType.Pfx), Cancel);
        await using var console = ConsoleProcess.Launch(
        [
            new("ASPNETCORE_URLS", "http://127.0.0.1:0;https://127.0.0.1:0"), new("Kestrel:Certificates:Default:Path", Path.Combine(folder, "tls.pfx")), new("Timeouts:Enabled", "false"),
            new("Listening:HstsDays", "365"), new("Listening:AllowedHosts:0", "console.example"), new("Logging:LogLevel:OrderConsole.Hosting", "Information"),
        ]);
        await Eventually.HoldsAsync(() => HttpsAddress().IsMatch(console.Output), "it listens");
        var address = new Uri(HttpsAddress().Match(console.Output).Value);
        using var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false,
            SslOptions = new() { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() },
        }) { BaseAddress = address };
        Visitors.SignIn(http);
        await Visitors.UntilSignedInAsync(http);
        http.DefaultRequestHeaders.Authorization = null;

        using var page = await http.GetAsync("/sign-in", Cancel);
        var form = page.Headers.GetValues("Set-Cookie").Single();
        form.ShouldStartWith("orderconsole-form=");
        var token = SignInForm.TokenOf(await page.Content.ReadAsStringAsync(Cancel));
        using var signIn = new HttpRequestMessage(HttpMethod.Post, "/sign-in/password")
        {
            Headers = { { "Cookie", form.Split(';')[0] } },
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["name"] = Visitors.Admin, ["password"] = Visitors.Password }),
        };
        using var signedIn = await http.SendAsync(signIn, Cancel);
        var session = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("__Host-orderconsole=", StringComparison.Ordinal));
        var theme = (await http.GetAsync("/preferences/theme/dark", Cancel)).Headers.GetValues("Set-Cookie").Single();

        foreach (var cookie in new[] { form, session, theme })
        {
            cookie.ShouldContain("; secure");
            cookie.ShouldContain("; httponly");
            cookie.ShouldContain("; path=/");
            cookie.ShouldNotContain("domain=");
        }
        session.ShouldContain("samesite=lax");
        session.ShouldNotContain("expires=", Case.Insensitive, "it ends with the browser");
        using var named = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = "console.example" } };
        (await http.SendAsync(named, Cancel)).Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000; includeSubDomains"]);
        using var api = new HttpRequestMessage(HttpMethod.Get, "/api/me") { Headers = { { "Cookie", session.Split(';')[0] } } };
        (await http.SendAsync(api, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var withoutPrefix = new HttpRequestMessage(HttpMethod.Get, "/api/me") { Headers = { { "Cookie", session.Split(';')[0]["__Host-".Length..] } } };
        (await http.SendAsync(withoutPrefix, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "what a neighbour's host can set is no session");
        Directory.Delete(folder, recursive: true);
    }

    private static Task<HttpResponseMessage> CallAsync(ConsoleHost host, string from, string? scheme, string name = "console.example")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/me") { Headers = { { "X-Forwarded-For", from } } };
        request.Headers.Host = name;
        if (scheme is not null) request.Headers.Add("X-Forwarded-Proto", scheme);
        return host.Http.SendAsync(request, Cancel);
    }

    private static async Task GuessAsync(ConsoleHost host, string from)
    {
        using var form = await FormAsync(host, from);
        (await PostAsync(form, "not the password")).ShouldContain("failed=wrong");
    }

    /// <summary>A browser that has the sign-in page before it, and the page's token as a header.</summary>
    private static async Task<HttpClient> FormAsync(ConsoleHost host, string from)
    {
        // The browser speaks TLS with the proxy; this client speaks with the console and keeps the cookie by hand.
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var page = await http.GetAsync("/sign-in", Cancel);
        var token = SignInForm.TokenOf(await page.Content.ReadAsStringAsync(Cancel));
        http.DefaultRequestHeaders.Add("Cookie", page.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        http.DefaultRequestHeaders.Add("RequestVerificationToken", token);
        return http;
    }

    private static async Task<string> PostAsync(HttpClient browser, string password)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = Visitors.Admin, ["password"] = password });
        using var answer = await browser.PostAsync("/sign-in/password", form, Cancel);
        return answer.Headers.Location?.ToString() ?? answer.StatusCode.ToString();
    }

    private static Task<List<string?>> AddressesAsync(ConsoleHost host) =>
        host.Get<OrderDatabase>().ReadAsync(db => db.Audit.Where(r => r.Action == "sign_in_failed").Select(r => r.Address).ToListAsync(Cancel));

    [GeneratedRegex(@"https://127\.0\.0\.1:\d+")]
    private static partial Regex HttpsAddress();
}
