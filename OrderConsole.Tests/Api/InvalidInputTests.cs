using System.Text;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Api;

/// <summary>Whatever is wrong with a call, the answer names it, in the caller's own words.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class InvalidInputTests(SharedConsole console)
{
    private const string Line = """{"sku":"tea","quantity":1,"unitPrice":1.5}""";

    [Theory]
    [InlineData("""{"currency":"CNY","lines":[{"sku":"tea","quantity":"two","unitPrice":1}]}""", "lines[0].quantity")]
    [InlineData("""{"currency":"CNY","lines":[{"sku":"tea","quantity":1.5,"unitPrice":1}]}""", "lines[0].quantity")]
    [InlineData("""{"currency":"CNY","lines":[{"sku":"tea","quantity":99999999999,"unitPrice":1}]}""", "lines[0].quantity")]
    [InlineData("""{"currency":"CNY","lines":[{"sku":"tea","unitPrice":1}]}""", "lines[0].quantity")]
    [InlineData("""{"currency":"CNY","lines":[{"sku":"tea","quantity":0,"unitPrice":1}]}""", "lines[0].quantity")]
    [InlineData("""{"currency":"CNY","lines":[{"sku":"tea","quantity":1000001,"unitPrice":1}]}""", "lines[0].quantity")]
    [InlineData("""{"currency":"CNY","lines":[{"sku":"tea","quantity":1}]}""", "lines[0].unitPrice")]
    [InlineData("""{"currency":"CNY","lines":[{"sku":"tea","quantity":1,"unitPrice":-1}]}""", "lines[0].unitPrice")]
    [InlineData("""{"currency":"CNY","lines":[{"sku":"tea","quantity":1,"unitPrice":1.00001}]}""", "lines[0].unitPrice")]
    [InlineData("""{"currency":"CNY","lines":[{"sku":"tea","quantity":1,"unitPrice":"1"}]}""", "lines[0].unitPrice")]
    [InlineData("""{"currency":"CNY","lines":[{"sku":"tea","quantity":1,"unitPrice":1e40}]}""", "lines[0].unitPrice")]
    [InlineData("""{"currency":"CNY","lines":[{"sku":"a b","quantity":1,"unitPrice":1}]}""", "lines[0].sku")]
    [InlineData("""{"currency":"CNY","lines":[{"quantity":1,"unitPrice":1}]}""", "lines[0].sku")]
    [InlineData("""{"currency":"CNY","lines":[null]}""", "lines[0]")]
    [InlineData("""{"currency":"CNY","lines":[]}""", "lines")]
    [InlineData("""{"currency":"CNY","lines":7}""", "lines")]
    [InlineData("""{"currency":"CNY"}""", "lines")]
    [InlineData("""{"currency":"cny","lines":[LINE]}""", "currency")]
    [InlineData("""{"lines":[LINE]}""", "currency")]
    [InlineData("""{"orderNo":"has space","currency":"CNY","lines":[LINE]}""", "orderNo")]
    [InlineData("""{"orderNo":"","currency":"CNY","lines":[LINE]}""", "orderNo")]
    [InlineData("""{"currency":"CNY","lines":[LINE],"paymentWindow":"soon"}""", "paymentWindow")]
    [InlineData("""{"currency":"CNY","lines":[LINE],"paymentWindow":"00:00:00"}""", "paymentWindow")]
    [InlineData("""{"currency":"CNY","lines":[LINE],"paymentWindow":"31.00:00:00"}""", "paymentWindow")]
    [InlineData("""{"currency":"CNY","lines":[LINE],"discount":5}""", "discount")]
    [InlineData("""{"Currency":"CNY","lines":[LINE]}""", "Currency")]
    [InlineData("""{"currency":"CNY","lines":[{"sku":"tea","quantity":1,"unitPrice":1,"colour":"red"}]}""", "lines[0].colour")]
    [InlineData("""{"currency":"CNY","currency":"EUR","lines":[LINE]}""", "currency")]
    [InlineData("""[]""", "body")]
    [InlineData("""7""", "body")]
    public async Task An_order_with_a_wrong_field_is_refused_by_that_fields_path(string body, string field)
    {
        using var answer = await console.Http.PostAsync("/api/orders", Answers.Json(body.Replace("LINE", Line, StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        var problem = await answer.ProblemAsync(422, "invalid");
        problem.GetProperty("field").GetString().ShouldBe(field);
        problem.GetProperty("allowed").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{\"currency\":}")]
    [InlineData("not json")]
    [InlineData("{\"currency\":\"CNY\",}")]
    [InlineData("{} {}")]
    public async Task What_is_not_json_is_malformed(string body)
    {
        using var answer = await console.Http.PostAsync("/api/orders", Answers.Json(body), TestContext.Current.CancellationToken);
        await answer.ProblemAsync(400, "malformed_json");
    }

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("page=10001", "page")]
    [InlineData("page=two", "page")]
    [InlineData("page=1&page=2", "page")]
    [InlineData("pageSize=201", "pageSize")]
    [InlineData("pageSize=-1", "pageSize")]
    [InlineData("pageSize=99999999999999999999", "pageSize")]
    [InlineData("status=Lost", "status")]
    [InlineData("status=7", "status")]
    [InlineData("overdue=maybe", "overdue")]
    [InlineData("overdu=true", "overdu")]
    [InlineData("sort=Random", "sort")]
    [InlineData("createdFrom=2026-01-01T00:00:00", "createdFrom")]
    [InlineData("deadlineTo=tomorrow", "deadlineTo")]
    [InlineData("totalFrom=-1", "totalFrom")]
    [InlineData("totalTo=lots", "totalTo")]
    [InlineData("search=%00", "search")]
    public async Task A_bad_query_parameter_is_named(string query, string field)
    {
        using var answer = await console.Http.GetAsync($"/api/orders?{query}", TestContext.Current.CancellationToken);
        (await answer.ProblemAsync(422, "invalid")).GetProperty("field").GetString().ShouldBe(field);
    }

    [Theory]
    [InlineData("payment", """{"amount":10}""", "paymentId")]
    [InlineData("payment", """{"paymentId":"p 1","amount":10}""", "paymentId")]
    [InlineData("payment", """{"paymentId":"p1"}""", "amount")]
    [InlineData("payment", """{"paymentId":"p1","amount":-1}""", "amount")]
    [InlineData("payment", """{"paymentId":"p1","amount":10,"paidAt":"2026-01-01T00:00:00"}""", "paidAt")]
    [InlineData("payment", """{"paymentId":"p1","amount":10,"paidAt":"yesterday"}""", "paidAt")]
    [InlineData("cancel", """{}""", "reason")]
    [InlineData("cancel", """{"reason":"  "}""", "reason")]
    [InlineData("cancel", """{"reason":"two\nlines"}""", "reason")]
    [InlineData("extend", """{}""", "by")]
    [InlineData("extend", """{"by":"00:00:00"}""", "by")]
    [InlineData("extend", """{"by":15}""", "by")]
    public async Task A_wrong_action_on_an_order_is_refused_by_its_field(string action, string body, string field)
    {
        var no = Answers.NewNo();
        (await console.Host.PlaceAsync(no)).EnsureSuccessStatusCode();
        using var answer = await console.Http.PostAsync($"/api/orders/{no}/{action}", Answers.Json(body), TestContext.Current.CancellationToken);
        (await answer.ProblemAsync(422, "invalid")).GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task A_reason_of_201_characters_is_too_long()
    {
        using var answer = await console.Http.PostAsync("/api/orders/X/cancel", Answers.Json($$"""{"reason":"{{new string('x', 201)}}"}"""), TestContext.Current.CancellationToken);
        (await answer.ProblemAsync(422, "invalid")).GetProperty("field").GetString().ShouldBe("reason");
    }

    [Theory]
    [InlineData("has space")]
    [InlineData("LONG")]
    public async Task An_idempotency_key_is_visible_ascii(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = Answers.Json($$"""{"currency":"CNY","lines":[{{Line}}]}""") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key == "LONG" ? new string('k', 201) : key);
        using var answer = await console.Http.SendAsync(request, TestContext.Current.CancellationToken);
        (await answer.ProblemAsync(422, "invalid")).GetProperty("field").GetString().ShouldBe("Idempotency-Key");
    }

    [Theory]
    [InlineData("/api/orders", 64 * 1024)]
    [InlineData("/api/orders/X/cancel", 64 * 1024)]
    [InlineData("/api/orders/batch", 8 * 1024 * 1024)]
    public async Task A_body_over_the_limit_is_too_large(string path, int limit)
    {
        var content = Answers.Json("\"" + new string('x', limit) + "\"");
        using var answer = await console.Http.PostAsync(path, content, TestContext.Current.CancellationToken);
        (await answer.ProblemAsync(413, "too_large")).GetProperty("allowed").GetString()!.ShouldContain(limit.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_body_far_over_the_limit_gets_its_answer_too()
    {
        using var answer = await console.Http.PostAsync("/api/orders", Answers.Json("\"" + new string('x', 4_000_000) + "\""), TestContext.Current.CancellationToken);
        await answer.ProblemAsync(413, "too_large");
    }

    [Fact]
    public async Task A_batch_names_the_order_and_the_field()
    {
        using var answer = await console.Http.PostAsync("/api/orders/batch",
            Answers.Json($$"""[{"currency":"CNY","lines":[{{Line}}]},{"currency":"CNY","lines":[{"sku":"tea","quantity":0,"unitPrice":1}]}]"""), TestContext.Current.CancellationToken);
        (await answer.ProblemAsync(422, "invalid")).GetProperty("field").GetString().ShouldBe("[1].lines[0].quantity");
    }

    [Theory]
    [InlineData("[]", "body")]
    [InlineData("[null]", "[0]")]
    [InlineData("""[{"currency":"CNY","lines":[{"sku":"tea","quantity":"x","unitPrice":1}]}]""", "[0].lines[0].quantity")]
    [InlineData("{}", "body")]
    public async Task A_wrong_batch_is_refused(string body, string field)
    {
        using var answer = await console.Http.PostAsync("/api/orders/batch", Answers.Json(body), TestContext.Current.CancellationToken);
        (await answer.ProblemAsync(422, "invalid")).GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task A_batch_of_1001_orders_is_refused()
    {
        var body = $"[{string.Join(',', Enumerable.Repeat($$"""{"currency":"CNY","lines":[{{Line}}]}""", 1_001))}]";
        using var answer = await console.Http.PostAsync("/api/orders/batch", Answers.Json(body), TestContext.Current.CancellationToken);
        (await answer.ProblemAsync(422, "invalid")).GetProperty("allowed").GetString()!.ShouldContain("1,000");
    }

    [Fact]
    public async Task What_is_not_declared_as_json_is_an_unsupported_media_type()
    {
        using var text = new StringContent("{}", Encoding.UTF8, "text/plain");
        using var answer = await console.Http.PostAsync("/api/orders", text, TestContext.Current.CancellationToken);
        await answer.ProblemAsync(415, "unsupported_media_type");
    }
}
