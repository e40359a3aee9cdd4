using System.Net;
using System.Net.Http.Json;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Api;

[Collection(ConsoleCollection.Name)]
public sealed class OrdersApiTests(SharedConsole console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Placing_answers_201_with_the_order_and_where_it_is()
    {
        var no = Answers.NewNo();
        using var answer = await console.Host.PlaceAsync(no);

        var placed = await answer.JsonAsync(HttpStatusCode.Created);
        answer.Headers.Location!.ToString().ShouldBe($"/api/orders/{no}");
        placed.EnumerateObject().Select(p => p.Name).ShouldBe(["orderNo", "status", "expiresAt", "total", "currency"]);
        placed.GetProperty("orderNo").GetString().ShouldBe(no);
        placed.GetProperty("status").GetString().ShouldBe("Pending");
        placed.GetProperty("total").GetDecimal().ShouldBe(10m);
        placed.GetProperty("expiresAt").GetString()!.ShouldEndWith("Z");
    }

    [Fact]
    public async Task The_same_idempotency_key_gets_the_same_answer_and_another_request_is_refused()
    {
        var (key, no) = (Guid.NewGuid().ToString(), Answers.NewNo());
        using var first = await PlaceWithKeyAsync(key, no);
        using var again = await PlaceWithKeyAsync(key, no);
        using var other = await PlaceWithKeyAsync(key, Answers.NewNo());

        var text = (await first.JsonAsync(HttpStatusCode.Created)).GetRawText();
        first.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        (await again.JsonAsync(HttpStatusCode.Created)).GetRawText().ShouldBe(text);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        await other.ProblemAsync(409, "idempotency_key_reused");
    }

    [Fact]
    public async Task A_number_that_is_taken_and_stock_that_is_not_there_are_conflicts()
    {
        var no = Answers.NewNo();
        (await console.Host.PlaceAsync(no)).EnsureSuccessStatusCode();
        await console.Host.SetStockAsync("rare", 0);

        await (await console.Host.PlaceAsync(no)).ProblemAsync(409, "duplicate_order_no");
        await (await console.Host.PlaceAsync(Answers.NewNo(), sku: "rare")).ProblemAsync(409, "out_of_stock");
        await (await console.Host.PlaceAsync(Answers.NewNo(), sku: "never-set")).ProblemAsync(422, "unknown_sku");
    }

    [Fact]
    public async Task A_batch_places_what_it_can_and_says_why_not_the_rest()
    {
        var no = Answers.NewNo();
        object Order(string sku) => new { orderNo = sku == "tea" ? no : null, currency = "CNY", lines = new[] { new { sku, quantity = 2, unitPrice = 3.5m } } };

        using var answer = await console.Http.PostAsJsonAsync("/api/orders/batch", new[] { Order("tea"), Order("never-set") }, Cancel);

        var batch = await answer.JsonAsync(HttpStatusCode.OK);
        batch.GetProperty("placed").GetInt32().ShouldBe(1);
        batch.GetProperty("refused").GetInt32().ShouldBe(1);
        var results = batch.GetProperty("results");
        results[0].EnumerateObject().Select(p => p.Name).ShouldBe(["index", "orderNo", "status", "expiresAt", "total", "currency"]);
        results[0].GetProperty("total").GetDecimal().ShouldBe(7m);
        results[1].EnumerateObject().Select(p => p.Name).ShouldBe(["index", "code", "detail"]);
        results[1].GetProperty("index").GetInt32().ShouldBe(1);
        results[1].GetProperty("code").GetString().ShouldBe("unknown_sku");
    }

    [Fact]
    public async Task An_order_shows_its_lines_its_timeline_and_its_payments()
    {
        var no = Answers.NewNo();
        (await console.Host.PlaceAsync(no)).EnsureSuccessStatusCode();
        (await PayAsync(no, "pay-" + no)).EnsureSuccessStatusCode();

        var order = await (await console.Http.GetAsync($"/api/orders/{no}", Cancel)).JsonAsync(HttpStatusCode.OK);

        order.GetProperty("status").GetString().ShouldBe("Paid");
        order.GetProperty("lines")[0].GetProperty("unitPrice").GetDecimal().ShouldBe(10m);
        order.GetProperty("timeline").EnumerateArray().Select(e => e.GetProperty("kind").GetString()).ShouldBe(["scheduled", "paid"]);
        var payment = order.GetProperty("payments")[0];
        payment.GetProperty("outcome").GetString().ShouldBe("paid");
        payment.GetProperty("currency").GetString().ShouldBe("CNY");
    }

    [Fact]
    public async Task A_payment_is_answered_the_same_however_often_it_is_reported()
    {
        var (no, other) = (Answers.NewNo(), Answers.NewNo());
        (await console.Host.PlaceAsync(no)).EnsureSuccessStatusCode();
        (await console.Host.PlaceAsync(other)).EnsureSuccessStatusCode();

        await (await PayAsync(no, "wrong-" + no, 9.99m)).ProblemAsync(422, "amount_mismatch");
        (await OutcomeAsync(no, "p-" + no, HttpStatusCode.OK)).ShouldBe("paid");
        (await OutcomeAsync(no, "p-" + no, HttpStatusCode.OK)).ShouldBe("paid");
        (await OutcomeAsync(no, "second-" + no, HttpStatusCode.Accepted)).ShouldBe("duplicate");
        await (await PayAsync(other, "p-" + no)).ProblemAsync(409, "payment_id_reused");
    }

    [Fact]
    public async Task A_cancelled_order_takes_no_second_cancel_no_extension_and_keeps_late_money()
    {
        var no = Answers.NewNo();
        (await console.Host.PlaceAsync(no)).EnsureSuccessStatusCode();

        var extended = await (await ActAsync(no, "extend", new { by = "01:00:00" })).JsonAsync(HttpStatusCode.OK);
        extended.GetProperty("status").GetString().ShouldBe("Pending");
        var cancelled = await (await ActAsync(no, "cancel", new { reason = "customer asked" })).JsonAsync(HttpStatusCode.OK);
        cancelled.GetProperty("status").GetString().ShouldBe("Cancelled");
        cancelled.GetProperty("cancelReason").GetString().ShouldBe("customer asked");
        await (await ActAsync(no, "cancel", new { reason = "again" })).ProblemAsync(409, "not_pending");
        await (await ActAsync(no, "extend", new { by = "01:00:00" })).ProblemAsync(409, "not_pending");
        (await OutcomeAsync(no, "late-" + no, HttpStatusCode.Accepted)).ShouldBe("late");
    }

    [Theory]
    [InlineData("NO-SUCH-ORDER")]
    [InlineData("no%20such%20order")]
    public async Task An_unknown_order_is_unknown_to_every_call(string no)
    {
        await (await console.Http.GetAsync($"/api/orders/{no}", Cancel)).ProblemAsync(404, "unknown_order");
        await (await PayAsync(no, "p")).ProblemAsync(404, "unknown_order");
        await (await ActAsync(no, "cancel", new { reason = "x" })).ProblemAsync(404, "unknown_order");
        await (await ActAsync(no, "extend", new { by = "00:01:00" })).ProblemAsync(404, "unknown_order");
    }

    [Fact]
    public async Task A_page_has_the_newest_first_and_its_total()
    {
        var prefix = Answers.NewNo();
        for (var i = 1; i <= 3; i++) (await console.Host.PlaceAsync($"{prefix}-{i}")).EnsureSuccessStatusCode();

        var page = await (await console.Http.GetAsync($"/api/orders?search={prefix}&status=pending&overdue=false&page=1&pageSize=2", Cancel)).JsonAsync(HttpStatusCode.OK);

        page.EnumerateObject().Select(p => p.Name).ShouldBe(["items", "page", "pageSize", "total", "totalIsExact"]);
        page.GetProperty("total").GetInt32().ShouldBe(3);
        page.GetProperty("totalIsExact").GetBoolean().ShouldBeTrue();
        page.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("orderNo").GetString()).ShouldBe([$"{prefix}-3", $"{prefix}-2"]);
    }

    [Fact]
    public async Task A_page_is_filtered_and_sorted()
    {
        var prefix = Answers.NewNo();
        foreach (var (i, window) in new[] { (1, "03:00:00"), (2, "01:00:00"), (3, "02:00:00") }) (await console.Host.PlaceAsync($"{prefix}-{i}", window: window)).EnsureSuccessStatusCode();
        await (await ActAsync($"{prefix}-1", "cancel", new { reason = "changed their mind" })).JsonAsync(HttpStatusCode.OK);
        var now = TimeProvider.System.GetUtcNow();

        (await NumbersAsync("sort=DeadlineFirst")).ShouldBe([$"{prefix}-2", $"{prefix}-3", $"{prefix}-1"]);
        (await NumbersAsync("sort=oldest")).ShouldBe([$"{prefix}-1", $"{prefix}-2", $"{prefix}-3"]);
        (await NumbersAsync("cancelReason=changed%20their%20mind")).ShouldBe([$"{prefix}-1"]);
        (await NumbersAsync($"deadlineFrom={now.AddMinutes(90):yyyy-MM-ddTHH:mm:ssZ}&deadlineTo={now.AddMinutes(150):yyyy-MM-ddTHH:mm:ssZ}")).ShouldBe([$"{prefix}-3"]);
        (await NumbersAsync($"createdTo={now.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}")).ShouldBeEmpty();
        (await NumbersAsync("totalFrom=10&totalTo=10.00&createdFrom=2026-01-01T00:00:00Z")).Count().ShouldBe(3);
        (await NumbersAsync("totalFrom=10.01")).ShouldBeEmpty();

        async Task<IEnumerable<string?>> NumbersAsync(string query) =>
            (await (await console.Http.GetAsync($"/api/orders?search={prefix}&{query}", Cancel)).JsonAsync(HttpStatusCode.OK))
                .GetProperty("items").EnumerateArray().Select(o => o.GetProperty("orderNo").GetString());
    }

    private async Task<HttpResponseMessage> PlaceWithKeyAsync(string key, string no)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Content = JsonContent.Create(new { orderNo = no, currency = "CNY", lines = new[] { new { sku = "tea", quantity = 1, unitPrice = 10m } } }),
            Headers = { { "Idempotency-Key", key } },
        };
        return await console.Http.SendAsync(request, Cancel);
    }

    private Task<HttpResponseMessage> ActAsync(string no, string action, object body) => console.Http.PostAsJsonAsync($"/api/orders/{no}/{action}", body, Cancel);

    private Task<HttpResponseMessage> PayAsync(string no, string paymentId, decimal amount = 10m) => ActAsync(no, "payment", new { paymentId, amount });

    private async Task<string?> OutcomeAsync(string no, string paymentId, HttpStatusCode expected) =>
        (await (await PayAsync(no, paymentId)).JsonAsync(expected)).GetProperty("outcome").GetString();
}
