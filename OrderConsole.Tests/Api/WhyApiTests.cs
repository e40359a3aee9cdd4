using System.Net;
using System.Net.Http.Json;
using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Operations;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Api;

/// <summary>"Why is this order still here?" and the repair of drift, as programs call them.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class WhyApiTests(SharedConsole console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_answer_is_a_word_a_sentence_and_what_it_rests_on()
    {
        var no = Answers.NewNo();
        (await console.Host.PlaceAsync(no)).EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => await console.Host.Get<Core.Queue.IQueueInspector>().FindAsync(no, Cancel) is not null, "it is scheduled");

        var why = await (await console.Http.GetAsync($"/api/orders/{no}/why", Cancel)).JsonAsync(HttpStatusCode.OK);

        why.EnumerateObject().Select(p => p.Name).ShouldBe([
            "orderNo", "at", "verdict", "sentence", "next", "action", "actionTarget", "order", "entry", "claimOwnerAlive", "lock", "lockOwnerAlive", "paused", "processingConsoles", "awayStores"]);
        why.GetProperty("verdict").GetString().ShouldBe("NotDue");
        why.GetProperty("sentence").GetString()!.ShouldContain(no);
        why.GetProperty("order").GetProperty("version").GetInt32().ShouldBe(1);
        why.GetProperty("entry").GetProperty("state").GetString().ShouldBe("Scheduled");
        using var chinese = new HttpRequestMessage(HttpMethod.Get, $"/api/orders/{no}/why") { Headers = { { "Accept-Language", "zh-CN" } } };
        (await (await console.Http.SendAsync(chinese, Cancel)).JsonAsync(HttpStatusCode.OK)).GetProperty("sentence").GetString()!.ShouldContain("待付款");
    }

    [Theory]
    [InlineData("/api/orders/NOBODY-HAS-THIS/why")]
    [InlineData("/api/orders/no%20number/why")]
    public async Task A_number_that_nobody_knows_is_a_problem(string path) =>
        await (await console.Http.GetAsync(path, Cancel)).ProblemAsync(404, "unknown_order");

    [Fact]
    public async Task All_of_a_class_of_drift_can_be_selected()
    {
        var ghost = "GHOST-" + Guid.NewGuid().ToString("N")[..8];
        await console.Host.Get<Core.Queue.ITimeoutQueue>().ScheduleAsync([new(ghost, TimeProvider.System.GetUtcNow().AddHours(1))], Cancel);

        var prepared = await (await console.Http.PostAsJsonAsync("/api/operations", new { action = RemoveEntries.ActionName, selection = new { drift = nameof(DriftClass.Ghost) } }, Cancel)).JsonAsync(HttpStatusCode.Created);
        var items = await (await console.Http.GetAsync($"/api/operations/{prepared.GetProperty("id")}/items?pageSize=200", Cancel)).JsonAsync(HttpStatusCode.OK);

        items.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("target").GetString()).ShouldContain(ghost);
        await console.Host.Get<Core.Queue.IQueueInspector>().RemoveAsync([ghost], Cancel);
    }
}
