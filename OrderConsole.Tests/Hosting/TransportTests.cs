using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OrderConsole.Hosting;
using OrderConsole.Tests.Api;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Hosting;

/// <summary>Nothing travels in plain text between machines, and no other site's page gets in.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class TransportTests(SharedConsole console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("192.168.1.7", "192.168.1.8", false, 403)]
    [InlineData("::ffff:10.0.0.1", "::ffff:10.0.0.2", false, 403)]
    [InlineData("127.0.0.1", "203.0.113.7", false, 403)]
    [InlineData("192.168.1.7", "192.168.1.8", true, 200)]
    [InlineData("127.0.0.1", "203.0.113.7", true, 200)]
    [InlineData("127.0.0.1", "127.0.0.1", false, 200)]
    [InlineData("::1", "::1", false, 200)]
    [InlineData(null, null, false, 200)]
    public async Task From_other_machines_a_request_is_served_over_tls_alone(string? local, string? remote, bool isHttps, int status)
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new HostString("localhost");
        context.Response.Body = new MemoryStream();
        context.Request.IsHttps = isHttps;
        context.Connection.LocalIpAddress = local is null ? null : IPAddress.Parse(local);
        context.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        await new TransportRules(_ => Task.CompletedTask, Options.Create(new ListeningOptions())).InvokeAsync(context);
        context.Response.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.168.1.7")]
    public async Task A_foreign_name_in_the_host_header_is_refused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/metrics") { Headers = { Host = host } };
        await (await console.Http.SendAsync(request, Cancel)).ProblemAsync(400, "host_not_allowed");
    }

    [Theory]
    [InlineData("POST", "/api/orders", "Origin", "http://evil.example", true)]
    [InlineData("POST", "/api/orders", "Origin", "null", true)]
    [InlineData("POST", "/api/orders", "Sec-Fetch-Site", "cross-site", true)]
    [InlineData("PUT", "/api/stock/tea", "Origin", "http://localhost:1", true)]
    [InlineData("POST", "/_blazor/negotiate", "Origin", "http://evil.example", true)]
    [InlineData("GET", "/_blazor", "Origin", "http://evil.example", true)]
    [InlineData("GET", "/hubs/metrics", "Origin", "http://evil.example", true)]
    [InlineData("POST", "/hubs/metrics/negotiate", "Sec-Fetch-Site", "cross-site", true)]
    [InlineData("GET", "/api/metrics", "Origin", "http://evil.example", false)]
    public async Task Another_sites_page_changes_nothing_and_sees_nothing_live(string method, string path, string header, string value, bool refused)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { header, value } } };
        using var answer = await console.Http.SendAsync(request, Cancel);
        if (refused) await answer.ProblemAsync(403, "cross_origin");
        else answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Our_own_origin_is_served()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = Answers.Json("{}"), Headers = { { "Origin", console.Host.Address.GetLeftPart(UriPartial.Authority) } } };
        await (await console.Http.SendAsync(request, Cancel)).ProblemAsync(422, "invalid");
    }

    [Theory]
    [InlineData("same-origin", false)]
    [InlineData("same-site", true)]
    [InlineData("cross-site", true)]
    public async Task A_form_of_a_page_without_referrer_is_served_when_the_browser_says_it_is_ours(string site, bool refused)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = Answers.Json("{}"), Headers = { { "Origin", "null" }, { "Sec-Fetch-Site", site } } };
        using var answer = await console.Http.SendAsync(request, Cancel);
        if (refused) await answer.ProblemAsync(403, "cross_origin");
        else await answer.ProblemAsync(422, "invalid");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/metrics")]
    [InlineData("/api/nothing")]
    [InlineData("/app.css")]
    public async Task Every_answer_has_the_security_headers(string path)
    {
        using var answer = await console.Http.GetAsync(path, Cancel);
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe([SecurityHeaders.ContentSecurityPolicy]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        answer.Headers.GetValues("Cross-Origin-Opener-Policy").ShouldBe(["same-origin"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task The_page_script_of_the_framework_is_served_whole() =>
        (await console.Http.GetByteArrayAsync("/_framework/blazor.web.js", Cancel)).Length.ShouldBeGreaterThan(100_000);

    [Fact]
    public async Task An_unknown_page_is_a_page_with_status_404()
    {
        using var answer = await console.Http.GetAsync("/no-such-page", Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("Page not found");
    }

    [Theory]
    [InlineData("/preferences/theme/dark?from=//evil.example", "/")]
    [InlineData("/preferences/theme/dark?from=/%5Cevil.example", "/")]
    [InlineData("/preferences/theme/dark?from=https://evil.example", "/")]
    [InlineData("/preferences/language/zh-Hans?from=/somewhere", "/somewhere")]
    public async Task Preferences_lead_back_to_our_own_pages_only(string path, string to)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = console.Host.Address };
        using var answer = await client.GetAsync(path, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe(to);
    }
}
