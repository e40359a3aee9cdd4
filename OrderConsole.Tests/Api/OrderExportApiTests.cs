using System.Net;
using System.Net.Http.Headers;
using OrderConsole.Components.Orders;
using OrderConsole.Components.Shared;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Api;

[Collection(ConsoleCollection.Name)]
public sealed class OrderExportApiTests(SharedConsole console)
{
    [Theory]
    [InlineData("en-US", "Order number,Status,Customer")]
    [InlineData("zh-CN", "订单号,状态,客户")]
    public async Task A_view_is_a_file_in_the_users_language(string language, string header)
    {
        var orderNo = "CSV-" + Guid.NewGuid().ToString("N")[..8];
        (await console.Host.PlaceAsync(orderNo)).EnsureSuccessStatusCode();
        using var ask = new HttpRequestMessage(HttpMethod.Get, $"/api/orders/export?search={orderNo}&status=pending&sort=TotalHighest");
        ask.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));

        using var answer = await console.Http.SendAsync(ask, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        answer.Content.Headers.ContentDisposition!.FileName!.ShouldContain(".csv");
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimStart('\ufeff').Split("\r\n");
        lines[0].ShouldStartWith(header);
        lines[1].ShouldStartWith($"{orderNo},Pending,,CNY,10.00,");
        lines[2..].ShouldBe([""]);
    }

    [Fact]
    public async Task The_link_on_the_page_speaks_the_calls_language()
    {
        var view = OrdersView.Of(PageQuery.Of("http://x/orders?search=CSV-&status=cancelled&overdue=false&createdFrom=2026-11-01&createdTo=2026-11-02T10:30"
            + "&deadlineFrom=2026-11-03&deadlineTo=2026-11-04&totalFrom=9.50&totalTo=100&cancelReason=payment_timeout&sort=-total"));

        using var answer = await console.Http.GetAsync(new Uri(view.ExportUrl, UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_parameter_that_nobody_knows_is_refused_before_anything_is_written()
    {
        using var answer = await console.Http.GetAsync(new Uri("/api/orders/export?page=2", UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }
}
