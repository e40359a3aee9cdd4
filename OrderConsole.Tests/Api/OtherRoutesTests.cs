using System.Net;
using System.Net.Http.Json;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Api;

[Collection(ConsoleCollection.Name)]
public sealed class OtherRoutesTests(SharedConsole console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mug")]
    [InlineData("a/b")]
    [InlineData("50%25-cotton")]
    public async Task Stock_is_set_and_read(string sku)
    {
        await console.Host.SetStockAsync(sku, 12);
        var stock = await (await console.Http.GetAsync($"/api/stock/{sku}", Cancel)).JsonAsync(HttpStatusCode.OK);
        stock.GetProperty("sku").GetString().ShouldBe(Uri.UnescapeDataString(sku));
        (stock.GetProperty("available").GetInt64(), stock.GetProperty("reserved").GetInt64(), stock.GetProperty("sold").GetInt64()).ShouldBe((12, 0, 0));
    }

    [Fact]
    public async Task Stock_that_nobody_set_is_not_found() =>
        await (await console.Http.GetAsync("/api/stock/nobody-set-this", Cancel)).ProblemAsync(404, "unknown_sku");

    [Theory]
    [InlineData("mug", "{}", "available")]
    [InlineData("mug", """{"available":-1}""", "available")]
    [InlineData("mug", """{"available":1.5}""", "available")]
    [InlineData("mug", """{"available":1000000000001}""", "available")]
    [InlineData("with%20space", """{"available":1}""", "sku")]
    public async Task Wrong_stock_is_refused(string sku, string body, string field)
    {
        using var answer = await console.Http.PutAsync($"/api/stock/{sku}", Answers.Json(body), Cancel);
        (await answer.ProblemAsync(422, "invalid")).GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task The_most_stock_that_can_be_set_is_a_million_millions()
    {
        await console.Host.SetStockAsync("plenty", 1_000_000_000_000);
        var stock = await (await console.Http.GetAsync("/api/stock/plenty", Cancel)).JsonAsync(HttpStatusCode.OK);
        stock.GetProperty("available").GetInt64().ShouldBe(1_000_000_000_000);
    }

    [Theory]
    [InlineData("GET", "/api/metrics?x=1")]
    [InlineData("GET", "/api/stock/mug?x=1")]
    [InlineData("GET", "/api/orders/A?x=1")]
    [InlineData("GET", "/api/queue/A?x=1")]
    [InlineData("GET", "/api/operations/1?x=1")]
    [InlineData("POST", "/api/orders?x=1")]
    [InlineData("POST", "/api/orders/A/cancel?x=1")]
    [InlineData("GET", "/api/locks?x=1")]
    public async Task An_unknown_parameter_is_refused_by_every_call(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? Answers.Json("{}") : null };
        using var answer = await console.Http.SendAsync(request, Cancel);
        (await answer.ProblemAsync(422, "invalid")).GetProperty("field").GetString().ShouldBe("x");
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/nothing")]
    [InlineData("/api/orders/X/nothing")]
    [InlineData("/health/nothing")]
    [InlineData("/openapi/v9.json")]
    public async Task An_unknown_route_is_a_problem_and_no_page(string path) =>
        await (await console.Http.GetAsync(path, Cancel)).ProblemAsync(404, "not_found");

    [Theory]
    [InlineData("DELETE", "/api/orders/X")]
    [InlineData("POST", "/api/metrics")]
    [InlineData("PUT", "/api/orders")]
    public async Task A_wrong_method_is_named(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        await (await console.Http.SendAsync(request, Cancel)).ProblemAsync(405, "method_not_allowed");
    }

    [Fact]
    public async Task A_problem_is_json_also_for_who_asks_for_html()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/orders/NO-SUCH") { Headers = { { "Accept", "text/html" } } };
        await (await console.Http.SendAsync(request, Cancel)).ProblemAsync(404, "unknown_order");
    }

    [Fact]
    public async Task Metrics_have_the_agreed_shape()
    {
        await Eventually.HoldsAsync(async () => (await MetricsAsync()).GetProperty("expiredPending").ValueKind == System.Text.Json.JsonValueKind.Number, "figures are there");
        var metrics = await MetricsAsync();
        foreach (var name in new[] { "at", "expiredPending", "oldestOverdueSeconds", "activeLocks", "queue", "rates", "lateness", "contention" })
            metrics.TryGetProperty(name, out _).ShouldBeTrue(name);
        metrics.GetProperty("queue").EnumerateObject().Select(p => p.Name).ShouldBe(["scheduled", "due", "claimed", "retrying", "dead"]);
        metrics.GetProperty("lateness").EnumerateObject().Select(p => p.Name).ShouldBe(["p50", "p95", "p99"]);
        metrics.GetProperty("contention").EnumerateObject().Select(p => p.Name).ShouldBe(["attempts", "lost"]);
        metrics.GetProperty("rates").GetProperty("cancelledPerSecond").GetDouble().ShouldBe(0);
    }

    [Fact]
    public async Task A_store_that_is_away_is_a_503_that_says_when_to_try_again()
    {
        await using var host = await ConsoleHost.WithoutDatabaseAsync();

        using var answer = await host.Http.GetAsync("/api/orders/X", Cancel);

        await answer.ProblemAsync(503, "store_unavailable");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        // Nobody can say whose key it is; monitoring reads the status all the same.
        await (await host.Http.GetAsync("/health/ready", Cancel)).ProblemAsync(503, "store_unavailable");
        (await host.Http.GetAsync("/health/live", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Health_tells_each_check_in_words()
    {
        var ready = await (await console.Http.GetAsync("/health/ready", Cancel)).JsonAsync(HttpStatusCode.OK);
        ready.GetProperty("status").GetString().ShouldBe("Healthy");
        ready.GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("name").GetString()).ShouldBe(["database", "redis", "processor", "jobs"]);
        ready.GetProperty("checks").EnumerateArray().ShouldAllBe(c => c.GetProperty("words").GetString()!.Length > 0);
    }

    private Task<System.Text.Json.JsonElement> MetricsAsync() => console.Http.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/metrics", Cancel);
}
