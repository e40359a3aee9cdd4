using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using OrderConsole.Api;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Api;

/// <summary>The OpenAPI document is what other programs are written by.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class DocumentTests(SharedConsole console)
{
    [Fact]
    public async Task Lists_every_route_with_its_method()
    {
        var paths = (await DocumentAsync()).GetProperty("paths");
        var routes = console.Host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        routes.Count.ShouldBeGreaterThanOrEqualTo(10);
        foreach (var route in routes)
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
                paths.GetProperty(route.RoutePattern.RawText!.Replace("**", "", StringComparison.Ordinal).Replace(":long", "", StringComparison.Ordinal)).TryGetProperty(method.ToLowerInvariant(), out _)
                    .ShouldBeTrue($"{method} {route.RoutePattern.RawText}");
    }

    [Fact]
    public async Task Documents_the_limits_of_an_order()
    {
        var document = await DocumentAsync();
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var line = schemas.GetProperty("PlaceOrderLineBody").GetProperty("properties");
        (Number(line, "quantity", "minimum"), Number(line, "quantity", "maximum")).ShouldBe((1, 1_000_000));
        (Number(line, "unitPrice", "minimum"), Number(line, "unitPrice", "maximum")).ShouldBe((0, 1_000_000_000));
        line.GetProperty("sku").GetProperty("pattern").GetString().ShouldBe("^[!-~]{1,64}$");
        var order = schemas.GetProperty("PlaceOrderBody").GetProperty("properties");
        order.GetProperty("currency").GetProperty("pattern").GetString().ShouldBe("^[A-Z]{3}$");
        (Number(order, "lines", "minItems"), Number(order, "lines", "maxItems")).ShouldBe((1, 200));
        (Number(order, "orderNo", "maxLength"), Number(order, "customer", "maxLength")).ShouldBe((64, 200));
        schemas.GetProperty("PlaceOrderBody").GetProperty("required").EnumerateArray().Select(r => r.GetString()).ShouldBe(["currency", "lines"], ignoreOrder: true);
        order.GetProperty("currency").GetProperty("type").GetString().ShouldBe("string", "required, so never null");
        schemas.GetProperty("PlacedOrderBody").GetProperty("properties").GetProperty("expiresAt").GetProperty("type").GetString().ShouldBe("string");
        Number(schemas.GetProperty("CancelBody").GetProperty("properties"), "reason", "maxLength").ShouldBe(200);
    }

    [Fact]
    public async Task Documents_parameters_headers_and_the_size_of_a_batch()
    {
        var paths = (await DocumentAsync()).GetProperty("paths");
        var parameters = paths.GetProperty("/api/orders").GetProperty("get").GetProperty("parameters").EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!);
        parameters.Keys.ShouldBe(["status", "search", "overdue", "createdFrom", "createdTo", "deadlineFrom", "deadlineTo", "totalFrom", "totalTo", "cancelReason", "sort", "page", "pageSize"]);
        parameters["sort"].GetProperty("schema").GetProperty("enum").EnumerateArray().Select(e => e.GetString()).ShouldContain("DeadlineFirst");
        parameters["pageSize"].GetProperty("schema").GetProperty("maximum").GetInt32().ShouldBe(200);
        parameters["pageSize"].GetProperty("schema").GetProperty("default").GetInt32().ShouldBe(50);
        parameters["page"].GetProperty("schema").GetProperty("maximum").GetInt32().ShouldBe(10_000);
        var header = paths.GetProperty("/api/orders").GetProperty("post").GetProperty("parameters").EnumerateArray().Single();
        (header.GetProperty("name").GetString(), header.GetProperty("schema").GetProperty("maxLength").GetInt32()).ShouldBe(("Idempotency-Key", 200));
        var batch = paths.GetProperty("/api/orders/batch").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        batch.GetProperty("maxItems").GetInt32().ShouldBe(1_000);
    }

    [Theory]
    [InlineData("/api/orders", "post", "409", "out_of_stock", "duplicate_order_no", "idempotency_key_reused")]
    [InlineData("/api/orders", "post", "422", "invalid", "unknown_sku")]
    [InlineData("/api/orders", "post", "413", "too_large")]
    [InlineData("/api/orders", "post", "415", "unsupported_media_type")]
    [InlineData("/api/orders", "post", "503", "store_unavailable")]
    [InlineData("/api/orders", "get", "401", "not_signed_in")]
    [InlineData("/api/users/{id}/role", "post", "403", "not_permitted", "no_antiforgery", "cross_origin")]
    [InlineData("/api/locks", "get", "429", "too_many_calls")]
    [InlineData("/api/orders/{no}", "get", "404", "unknown_order")]
    [InlineData("/api/orders/{no}/cancel", "post", "409", "not_pending")]
    [InlineData("/api/orders/{no}/cancel", "post", "403", "read_only")]
    [InlineData("/api/queue/{no}/requeue", "post", "409", "in_queue_already", "not_pending")]
    [InlineData("/api/queue/{no}", "get", "404", "not_in_queue")]
    [InlineData("/api/payments/{id}/reinstate", "post", "409", "out_of_stock", "not_cancelled", "decided_already")]
    [InlineData("/api/payments/{id}/reinstate", "post", "409", "approval_needed")]
    [InlineData("/api/payments/{id}/refund", "post", "409", "approval_needed")]
    [InlineData("/api/locks/{orderNo}/release", "post", "409", "approval_needed")]
    [InlineData("/api/processing/pause", "post", "409", "paused_already")]
    [InlineData("/api/operations", "post", "422", "nothing_selected", "too_many_selected")]
    [InlineData("/api/operations/{id}/run", "post", "404", "unknown_operation")]
    [InlineData("/api/orders/{no}/payment", "post", "409", "payment_id_reused")]
    [InlineData("/api/orders/{no}/payment", "post", "422", "amount_mismatch")]
    public async Task Documents_what_can_go_wrong(string path, string method, string status, params string[] codes)
    {
        var response = (await DocumentAsync()).GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses").GetProperty(status);
        foreach (var code in codes) response.GetProperty("description").GetString()!.ShouldContain($"`{code}`");
        response.GetProperty("content").TryGetProperty("application/problem+json", out _).ShouldBeTrue();
    }

    [Fact]
    public void Every_code_stands_in_the_text_about_the_API()
    {
        var text = File.ReadAllText(Path.Combine(Conventions.Root, "docs", "api.md"));
        ProblemCodes.Status.Keys.Where(code => !text.Contains($"`{code}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/api/queue", "state", "page", "pageSize")]
    [InlineData("/api/locks", "page", "pageSize")]
    [InlineData("/api/payments/late", "decided", "page", "pageSize")]
    [InlineData("/api/operations", "target", "page", "pageSize")]
    public async Task Documents_the_parameters_of_every_list(string path, params string[] names) =>
        (await DocumentAsync()).GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("parameters").EnumerateArray()
            .Select(p => p.GetProperty("name").GetString()).ShouldBe(names);

    private async Task<JsonElement> DocumentAsync() =>
        await (await console.Http.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).JsonAsync(HttpStatusCode.OK);

    private static decimal Number(JsonElement properties, string property, string keyword) => properties.GetProperty(property).GetProperty(keyword).GetDecimal();
}
