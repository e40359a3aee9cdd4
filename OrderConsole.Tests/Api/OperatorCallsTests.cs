using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Api;

/// <summary>The calls by which operators' programs look and act: queue, locks, processing, late payments, operations.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class OperatorCallsTests(SharedConsole console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dead_letter_is_listed_found_and_put_back()
    {
        var no = await PlacedAsync();
        await BuryAsync(no);

        var page = await GetAsync("/api/queue?state=dead&pageSize=200");
        page.EnumerateObject().Select(p => p.Name).ShouldBe(["items", "page", "pageSize", "total"]);
        var listed = page.GetProperty("items").EnumerateArray().Single(e => e.GetProperty("orderNo").GetString() == no);
        listed.EnumerateObject().Select(p => p.Name).ShouldBe(["orderNo", "state", "dueAt", "failed", "crashed", "owner", "leaseUntil", "reason", "detail", "deadAt"]);
        (listed.GetProperty("state").GetString(), listed.GetProperty("detail").GetString()).ShouldBe(("Dead", "boom"));
        (await GetAsync($"/api/queue/{no}")).GetProperty("reason").GetString().ShouldBe("failed");

        var back = await (await PostAsync($"/api/queue/{no}/requeue", new { reason = "mended" })).JsonAsync(HttpStatusCode.OK);
        (back.GetProperty("state").GetString(), back.GetProperty("failed").GetInt32()).ShouldBe(("Due", 0));
        await (await console.Http.PostAsync(new Uri($"/api/queue/{no}/requeue", UriKind.Relative), null, Cancel)).ProblemAsync(409, "in_queue_already");
    }

    [Fact]
    public async Task What_is_not_to_be_put_back_is_refused()
    {
        var no = await PlacedAsync();
        await (await PostAsync($"/api/orders/{no}/cancel", new { reason = "x" })).JsonAsync(HttpStatusCode.OK);
        await (await PostAsync($"/api/queue/{no}/requeue", new { reason = "x" })).ProblemAsync(409, "not_pending");
        await (await PostAsync("/api/queue/NO-SUCH/requeue", new { reason = "x" })).ProblemAsync(404, "unknown_order");
        await (await PostAsync("/api/queue/no%20such/requeue", new { reason = "x" })).ProblemAsync(404, "unknown_order");
        await (await console.Http.GetAsync("/api/queue/NO-SUCH", Cancel)).ProblemAsync(404, "not_in_queue");
        await (await console.Http.GetAsync("/api/queue/%01", Cancel)).ProblemAsync(404, "not_in_queue");
    }

    [Fact]
    [Trait("Needs", "Locks")]
    public async Task A_lock_is_taken_away_only_as_it_was_seen()
    {
        var no = await PlacedAsync();
        var held = (await console.Host.Get<IOrderLocks>().TryAcquireAsync([no], TimeSpan.FromMinutes(1), "me:1:aaaa", Cancel)).Acquired.Single();

        var seen = await GetAsync($"/api/locks/{no}");
        (seen.GetProperty("token").GetString(), seen.GetProperty("verdict").GetString(), seen.GetProperty("fence").GetInt64()).ShouldBe((held.Token, "Amber", 1));
        await (await PostAsync($"/api/locks/{no}/release", new { token = held.Token })).ProblemAsync(422, "invalid");
        await (await PostAsync($"/api/locks/{no}/release", new { token = "another", reason = "hangs" })).ProblemAsync(409, "token_changed");
        var released = await (await PostAsync($"/api/locks/{no}/release", new { token = held.Token, reason = "hangs" })).JsonAsync(HttpStatusCode.OK);
        (released.GetProperty("orderNo").GetString(), released.GetProperty("version").GetInt64()).ShouldBe((no, 2));
        await (await PostAsync($"/api/locks/{no}/release", new { token = held.Token, reason = "hangs" })).ProblemAsync(409, "not_locked");
        await (await console.Http.GetAsync($"/api/locks/{no}", Cancel)).ProblemAsync(404, "not_locked");
        await (await console.Http.GetAsync("/api/locks/%01", Cancel)).ProblemAsync(404, "not_locked");
        (await GetAsync($"/api/orders/{no}")).GetProperty("timeline").EnumerateArray().Last().GetProperty("kind").GetString().ShouldBe("forceUnlocked");
        (await GetAsync("/api/locks/numbers")).GetProperty("advice").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    [Trait("Needs", "Locks")]
    public async Task Who_names_no_token_takes_away_whatever_is_held()
    {
        var no = await PlacedAsync();
        var held = (await console.Host.Get<IOrderLocks>().TryAcquireAsync([no], TimeSpan.FromMinutes(1), "me:1:aaaa", Cancel)).Acquired.Single();
        (await (await PostAsync($"/api/locks/{no}/release", new { reason = "hangs" })).JsonAsync(HttpStatusCode.OK)).GetProperty("version").GetInt64().ShouldBe(2);
        (await console.Host.Get<IOrderLocks>().ReleaseAsync([held], Cancel)).ShouldBe(1, "it was taken away");
    }

    [Fact]
    [Trait("Needs", "Locks")]
    public async Task Locks_are_listed_in_pages()
    {
        string[] numbers = [Answers.NewNo(), Answers.NewNo(), Answers.NewNo()];
        var taken = await console.Host.Get<IOrderLocks>().TryAcquireAsync(numbers, TimeSpan.FromMinutes(1), "me:1:aaaa", Cancel);
        taken.Acquired.Count.ShouldBe(3);

        var page = await GetAsync("/api/locks?pageSize=200");
        page.EnumerateObject().Select(p => p.Name).ShouldBe(["items", "page", "pageSize", "total", "totalIsExact"]);
        page.GetProperty("totalIsExact").GetBoolean().ShouldBeTrue();
        var mine = page.GetProperty("items").EnumerateArray().Where(l => numbers.Contains(l.GetProperty("orderNo").GetString())).ToList();
        mine.Count.ShouldBe(3);
        mine[0].EnumerateObject().Select(p => p.Name).ShouldBe(["orderNo", "owner", "token", "acquiredAt", "timeLeft", "renewals", "leaked", "foreign", "prefix", "status", "fence", "waiters", "verdict", "reasons", "canBeCleaned", "held", "usualHold"]);
        (mine[0].GetProperty("owner").GetString(), mine[0].GetProperty("leaked").GetBoolean()).ShouldBe(("me:1:aaaa", false));
        (await GetAsync("/api/locks?page=2&pageSize=2")).GetProperty("items").GetArrayLength().ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task Processing_is_paused_with_a_reason_and_resumed_and_figures_and_health_say_so()
    {
        // Its own: a pause concerns everybody who shares a console.
        await using var host = await ConsoleHost.StartAsync();
        (await ProcessingAsync()).GetProperty("paused").GetBoolean().ShouldBeFalse();

        var paused = await (await host.Http.PostAsJsonAsync("/api/processing/pause", new { reason = "payment side is down" }, Cancel)).JsonAsync(HttpStatusCode.OK);
        paused.EnumerateObject().Select(p => p.Name).ShouldBe(["paused", "at", "by", "reason"]);
        (paused.GetProperty("paused").GetBoolean(), paused.GetProperty("by").GetString(), paused.GetProperty("reason").GetString()).ShouldBe((true, "setup", "payment side is down"));
        await (await host.Http.PostAsJsonAsync("/api/processing/pause", new { reason = "x" }, Cancel)).ProblemAsync(409, "paused_already");
        await Eventually.HoldsAsync(async () =>
            (await host.Http.GetFromJsonAsync<JsonElement>("/api/metrics", Cancel)).GetProperty("pause").GetProperty("reason").GetString() == "payment side is down", "figures say so");
        var ready = await (await host.Http.GetAsync("/health/ready", Cancel)).JsonAsync(HttpStatusCode.OK);
        ready.GetProperty("status").GetString().ShouldBe("Healthy");
        ready.GetProperty("checks").EnumerateArray().ShouldContain(c => c.GetProperty("words").GetString()!.StartsWith("Paused by setup"));

        (await (await host.Http.PostAsJsonAsync("/api/processing/resume", new { reason = "up again" }, Cancel)).JsonAsync(HttpStatusCode.OK)).GetProperty("paused").GetBoolean().ShouldBeFalse();
        await (await host.Http.PostAsJsonAsync("/api/processing/resume", new { reason = "x" }, Cancel)).ProblemAsync(409, "not_paused");
        (await (await host.Http.PostAsJsonAsync("/api/processing/pause", new { reason = " " }, Cancel)).ProblemAsync(422, "invalid")).GetProperty("field").GetString().ShouldBe("reason");

        async Task<JsonElement> ProcessingAsync() => await (await host.Http.GetAsync("/api/processing", Cancel)).JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_late_payment_is_listed_and_refunded_once()
    {
        var (no, payment) = await PaidLateAsync();

        var page = await GetAsync("/api/payments/late?pageSize=200");
        page.EnumerateObject().Select(p => p.Name).ShouldBe(["items", "page", "pageSize", "total"]);
        var late = page.GetProperty("items").EnumerateArray().Single(p => p.GetProperty("paymentId").GetString() == payment);
        late.EnumerateObject().Select(p => p.Name).ShouldBe(["paymentId", "orderNo", "orderStatus", "outcome", "amount", "orderTotal", "currency", "paidAt", "receivedAt",
            "minutesAfterDeadline", "minutesAfterCancel", "stockIsThere", "decision", "decidedAt", "decidedBy", "reference"]);
        (late.GetProperty("orderNo").GetString(), late.GetProperty("outcome").GetString(), late.GetProperty("stockIsThere").GetBoolean()).ShouldBe((no, "late", true));

        var refunded = await (await PostAsync($"/api/payments/{payment}/refund", new { reference = "RF-1", reason = "asked for it" })).JsonAsync(HttpStatusCode.OK);
        (refunded.GetProperty("decision").GetString(), refunded.GetProperty("reference").GetString(), refunded.GetProperty("decidedBy").GetString()).ShouldBe(("refunded", "RF-1", "setup"));
        await (await PostAsync($"/api/payments/{payment}/refund", new { reference = "RF-2", reason = "again" })).ProblemAsync(409, "decided_already");
        (await GetAsync("/api/payments/late?decided=true&pageSize=200")).GetProperty("items").EnumerateArray().ShouldContain(p => p.GetProperty("paymentId").GetString() == payment);
        var order = await GetAsync($"/api/orders/{no}");
        order.GetProperty("timeline").EnumerateArray().Last().GetProperty("kind").GetString().ShouldBe("refunded");
        order.GetProperty("payments")[0].GetProperty("decision").GetString().ShouldBe("refunded");
        (await (await PostAsync($"/api/payments/{payment}/refund", new { reason = "x" })).ProblemAsync(422, "invalid")).GetProperty("field").GetString().ShouldBe("reference");
    }

    [Fact]
    public async Task An_order_is_reinstated_with_its_late_payment()
    {
        var (no, payment) = await PaidLateAsync();
        await (await PostAsync($"/api/orders/{no}/payment", new { paymentId = payment + "-little", amount = 1m })).JsonAsync(HttpStatusCode.Accepted);

        await (await PostAsync($"/api/payments/{payment}-little/reinstate", new { reason = "x" })).ProblemAsync(422, "amount_mismatch");
        (await (await PostAsync($"/api/payments/{payment}/reinstate", new { reason = "they still want it" })).JsonAsync(HttpStatusCode.OK)).GetProperty("orderStatus").GetString().ShouldBe("Paid");
        await (await PostAsync($"/api/payments/{payment}-little/reinstate", new { reason = "x" })).ProblemAsync(409, "not_cancelled");
        await (await PostAsync("/api/payments/none/reinstate", new { reason = "x" })).ProblemAsync(404, "unknown_payment");
        await (await PostAsync("/api/payments/%01/reinstate", new { reason = "x" })).ProblemAsync(404, "unknown_payment");
        (await GetAsync($"/api/orders/{no}")).GetProperty("timeline").EnumerateArray().Select(e => e.GetProperty("kind").GetString())
            .ShouldBe(["scheduled", "cancelled", "paymentRecorded", "paymentRecorded", "reinstated"]);
    }

    [Fact]
    public async Task Without_stock_the_sku_is_named()
    {
        var sku = Answers.NewNo();
        await console.Host.SetStockAsync(sku, 1);
        var (_, payment) = await PaidLateAsync(sku);
        await PlacedAsync(sku);

        var problem = await (await PostAsync($"/api/payments/{payment}/reinstate", new { reason = "x" })).ProblemAsync(409, "out_of_stock");
        problem.GetProperty("detail").GetString()!.ShouldContain(sku);
    }

    [Fact]
    public async Task An_operation_is_prepared_run_once_and_leaves_a_receipt()
    {
        var (first, second) = (await PlacedAsync(), await PlacedAsync());

        using var answer = await PostAsync("/api/operations", new { action = "cancel_orders", selection = new { listed = new[] { first, second, "NO-SUCH" } } });
        var prepared = await answer.JsonAsync(HttpStatusCode.Created);
        prepared.EnumerateObject().Select(p => p.Name).ShouldBe(["id", "action", "state", "by", "source", "reason", "parameters", "preparedAt", "startedAt", "finishedAt", "node",
            "total", "done", "refused", "failed", "left", "askedAt", "decidedBy", "decidedAt", "decisionReason", "codes"]);
        var id = prepared.GetProperty("id").GetInt64();
        answer.Headers.Location!.ToString().ShouldBe($"/api/operations/{id}");
        (prepared.GetProperty("state").GetString(), prepared.GetProperty("left").GetInt32(), prepared.GetProperty("codes").GetProperty("unknown_order").GetInt32()).ShouldBe(("Prepared", 2, 1));

        (await (await PostAsync($"/api/operations/{id}/run", new { })).ProblemAsync(422, "invalid")).GetProperty("field").GetString().ShouldBe("reason");
        var runs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync($"/api/operations/{id}/run", new { reason = "spring cleaning" })));
        foreach (var run in runs) run.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Accepted);
        var done = await (await PostAsync($"/api/operations/{id}/run", new { reason = "once more" })).JsonAsync(HttpStatusCode.OK);
        (done.GetProperty("state").GetString(), done.GetProperty("done").GetInt32(), done.GetProperty("reason").GetString()).ShouldBe(("Finished", 2, "spring cleaning"));

        (await GetAsync($"/api/operations/{id}")).GetProperty("refused").GetInt32().ShouldBe(1);
        var items = await GetAsync($"/api/operations/{id}/items?state=refused");
        items.GetProperty("total").GetInt32().ShouldBe(1);
        items.GetProperty("items")[0].EnumerateObject().Select(p => p.Name).ShouldBe(["no", "target", "state", "code", "detail", "at"]);
        items.GetProperty("items")[0].GetProperty("code").GetString().ShouldBe("unknown_order");
        (await GetAsync($"/api/operations?target={first}")).GetProperty("items").EnumerateArray().Select(o => o.GetProperty("id").GetInt64()).ShouldBe([id]);
        var order = await GetAsync($"/api/orders/{first}");
        order.GetProperty("cancelReason").GetString().ShouldBe("spring cleaning");
        order.GetProperty("timeline").GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("""{}""", "action")]
    [InlineData("""{"action":"cancel_orders"}""", "selection")]
    [InlineData("""{"action":"drop_tables","selection":{"listed":["A"]}}""", "action")]
    [InlineData("""{"action":"cancel_orders","selection":{}}""", "selection")]
    [InlineData("""{"action":"cancel_orders","selection":{"listed":["A"],"queue":"Dead"}}""", "selection")]
    [InlineData("""{"action":"cancel_orders","selection":{"listed":["A",null]}}""", "selection.listed[1]")]
    [InlineData("""{"action":"cancel_orders","selection":{"queue":"Lost"}}""", "selection.queue")]
    [InlineData("""{"action":"cancel_orders","selection":{"orders":{"colour":"red"}}}""", "selection.orders.colour")]
    [InlineData("""{"action":"extend_orders","selection":{"listed":["A"]},"parameters":{"by":"00:00:00"}}""", "by")]
    [InlineData("""{"action":"refund_payments","selection":{"listed":["A"]}}""", "reference")]
    public async Task A_wrong_operation_is_refused_by_its_field(string body, string field)
    {
        using var answer = await console.Http.PostAsync("/api/operations", Answers.Json(body), Cancel);
        (await answer.ProblemAsync(422, "invalid")).GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        await (await console.Http.GetAsync("/api/operations/999999", Cancel)).ProblemAsync(404, "unknown_operation");
        await (await console.Http.GetAsync("/api/operations/999999/items", Cancel)).ProblemAsync(404, "unknown_operation");
        await (await PostAsync("/api/operations/999999/run", new { reason = "x" })).ProblemAsync(404, "unknown_operation");
        await (await console.Http.GetAsync("/api/operations/seven", Cancel)).ProblemAsync(404, "not_found");
        await (await PostAsync("/api/operations", new { action = "cancel_orders", selection = new { orders = new { search = "NOBODY-HAS-THIS" } } })).ProblemAsync(422, "nothing_selected");
    }

    [Fact]
    public async Task A_read_only_console_refuses_operators_and_serves_shops()
    {
        await using var host = await ConsoleHost.StartAsync([new("Operations:ReadOnly", "true"), new("Timeouts:Enabled", "false")]);
        await host.SetStockAsync("tea", 10);
        (await host.PlaceAsync("A")).StatusCode.ShouldBe(HttpStatusCode.Created);
        var calls = new (string Path, object Body)[]
        {
            ("/api/orders/A/cancel", new { reason = "x" }), ("/api/orders/A/extend", new { by = "00:01:00" }), ("/api/queue/A/requeue", new { reason = "x" }),
            ("/api/processing/pause", new { reason = "x" }), ("/api/processing/resume", new { reason = "x" }),
            ("/api/payments/p/refund", new { reference = "r", reason = "x" }), ("/api/payments/p/reinstate", new { reason = "x" }),
            ("/api/operations", new { action = "cancel_orders", selection = new { listed = new[] { "A" } } }), ("/api/operations/1/run", new { reason = "x" }),
        };
        foreach (var (path, body) in calls) await (await host.Http.PostAsJsonAsync(path, body, Cancel)).ProblemAsync(403, "read_only");
        (await host.Http.PostAsJsonAsync("/api/orders/A/payment", new { paymentId = "p", amount = 10m }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<string> PlacedAsync(string sku = "tea")
    {
        var no = Answers.NewNo();
        (await console.Host.PlaceAsync(no, sku)).EnsureSuccessStatusCode();
        return no;
    }

    private async Task<(string No, string PaymentId)> PaidLateAsync(string sku = "tea")
    {
        var no = await PlacedAsync(sku);
        await (await PostAsync($"/api/orders/{no}/cancel", new { reason = "too late" })).JsonAsync(HttpStatusCode.OK);
        await (await PostAsync($"/api/orders/{no}/payment", new { paymentId = "late-" + no, amount = 10m })).JsonAsync(HttpStatusCode.Accepted);
        return (no, "late-" + no);
    }

    /// <summary>Makes the order a dead letter, once its deadline has come to the queue.</summary>
    private async Task BuryAsync(string no)
    {
        var queue = console.Host.Get<ITimeoutQueue>();
        await Eventually.HoldsAsync(async () => await console.Host.Get<IQueueInspector>().FindAsync(no, Cancel) is not null, "it is scheduled");
        await Shop.QueueAsync(queue, [no]);
        var claims = (await queue.ClaimDueAsync(1_000, TimeSpan.FromMinutes(1), "test", Cancel)).Claims;
        await queue.ReleaseAsync([.. claims.Where(c => c.OrderNo == no).Select(c => ClaimRelease.DeadLetter(c, DeadLetterReasons.Failed, "boom"))], Cancel);
    }

    private async Task<JsonElement> GetAsync(string path) => await (await console.Http.GetAsync(path, Cancel)).JsonAsync(HttpStatusCode.OK);

    private Task<HttpResponseMessage> PostAsync(string path, object body) => console.Http.PostAsJsonAsync(path, body, Cancel);
}
