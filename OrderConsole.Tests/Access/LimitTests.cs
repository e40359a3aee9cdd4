using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Tests.Api;
using OrderConsole.Tests.Audit;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Access;

/// <summary>Nobody takes more of the console than their part.</summary>
public sealed class LimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_signs_in_too_often_from_one_address_is_told_when_to_come_again()
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false"), new("Access:SignInsPerMinute", "3")]);
        var form = new SignInForm(host.Address);
        for (var i = 0; i < 3; i++)
            using (var answer = await form.PostAsync("sign-in/password", ("name", "nobody"), ("password", "x"))) answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var late = await form.PostAsync("sign-in/password", ("name", Visitors.Admin), ("password", Visitors.Password));
        await late.ProblemAsync(429, "too_many_calls");
        late.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (await host.Http.GetAsync("/api/me", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK, "programs are not concerned");
    }

    [Fact]
    public async Task A_key_that_calls_too_often_waits_and_others_do_not()
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false"), new("Access:CallsPerSecond", "1")]);
        var secret = KeySecret.New();
        await host.Get<OrderDatabase>().WriteAsync(db =>
        {
            db.Add(new ApiKey { Name = "busy", Prefix = KeySecret.PrefixOf(secret), Hash = KeySecret.HashOf(secret), Scopes = Permissions.View, CreatedBy = "test" });
            return db.SaveChangesAsync(Cancel);
        }, Cancel);
        using var busy = new HttpClient { BaseAddress = host.Address };
        busy.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => busy.GetAsync("/api/me", Cancel)));
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBeInRange(2, 8);
        await answers.First(a => a.StatusCode != HttpStatusCode.OK).ProblemAsync(429, "too_many_calls");
        await Eventually.HoldsAsync(async () => (await busy.GetAsync("/api/me", Cancel)).IsSuccessStatusCode, "the bucket fills again");
    }

    [Fact]
    public async Task A_page_that_sends_more_actions_than_a_person_can_is_refused_and_another_is_not()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        using var guard = new OperationGuard(new AccessRules(database.Orders, TimeProvider.System), new AuditLog(database.Orders, new AuditKeys(ShopOperations.AuditKey), TimeProvider.System),
            Options.Create(new OperationOptions { ActionsPerMinute = 3 }));
        var (ann, ben) = (await People.SignInAsync(database.Orders, "ann", Roles.Operator), await People.SignInAsync(database.Orders, "ben", Roles.Operator));
        Task<AuditActor> AskAsync(Operator by) => guard.DemandAsync(by, Permissions.Cancel, new("cancel_orders", AuditOutcome.Done, "X"), Cancel);
        for (var i = 0; i < 3; i++) await AskAsync(ann);
        (await Should.ThrowAsync<OperationRefusedException>(() => AskAsync(ann))).Code.ShouldBe("too_many_actions");
        await AskAsync(ben);
        await AskAsync(ann with { Source = Operator.Api, UserId = ann.UserId });
    }

    [Fact]
    public async Task One_user_opens_so_many_live_connections_and_no_more_and_others_still_can()
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false"), new("Access:MaxConnectionsPerUser", "3")]);
        var open = new List<ClientWebSocket>();
        for (var i = 0; i < 3; i++) open.Add(await ConnectAsync(host));
        (await Should.ThrowAsync<WebSocketException>(() => ConnectAsync(host))).Message.ShouldContain("429");
        using var page = new HttpRequestMessage(HttpMethod.Get, "/api/metrics");
        (await host.Http.SendAsync(page, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);

        open[0].Dispose();
        await Eventually.HoldsAsync(async () =>
        {
            open.Add(await ConnectAsync(host));
            return true;
        }, "a place is free again");
        foreach (var socket in open) socket.Dispose();
    }

    [Theory]
    [InlineData("/_blazor")]
    [InlineData("/hubs/metrics")]
    public async Task A_socket_of_another_sites_page_is_refused_although_the_browser_sends_the_cookie(string path)
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        (await Should.ThrowAsync<WebSocketException>(() => ConnectAsync(host, path, "https://evil.example"))).Message.ShouldContain("403");
        (await ConnectAsync(host, path, host.Address.GetLeftPart(UriPartial.Authority))).Dispose();
    }

    [Fact]
    public async Task The_connection_of_a_user_who_was_disabled_is_cut_within_a_minute()
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        using var socket = await ConnectAsync(host, "/hubs/metrics");
        await SayAsync(socket, """{"protocol":"json","version":1}""");
        await socket.ReceiveAsync(new byte[4096], Cancel);
        await host.Get<OrderDatabase>().WriteAsync(db => db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.Enabled, false), Cancel), Cancel);
        using var minute = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        minute.CancelAfter(TimeSpan.FromMinutes(1));
        await Should.ThrowAsync<WebSocketException>(async () =>
        {
            // A client that is well: it answers, so that nothing but the cut ends its connection.
            for (; ; await SayAsync(socket, """{"type":6}""")) await socket.ReceiveAsync(new byte[64 * 1024], minute.Token);
        });
    }

    private static Task SayAsync(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, endOfMessage: true, Cancel);

    private static async Task<ClientWebSocket> ConnectAsync(ConsoleHost host, string path = "/_blazor", string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.SetRequestHeader("Cookie", await Visitors.CookieHeaderAsync(host.Address));
        await socket.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = path }.Uri, Cancel);
        return socket;
    }
}
