using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Tests.Api;
using OrderConsole.Tests.Audit;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Access;

/// <summary>Who may call what: each endpoint that there is, and each action of the gate, as each role.</summary>
[Collection(ConsoleCollection.Name)]
public sealed partial class RoleTests(SharedConsole console)
{
    private const string Password = "a long walk to nowhere";

    /// <summary>Each endpoint and the least role that may call it. <c>open</c>: everybody; <c>gate</c>: the action decides, see below; <c>form</c>: whoever is signed in.</summary>
    private static readonly Dictionary<string, string> Table = Rows().Matches(Text).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private OrderDatabase Database => console.Host.Get<OrderDatabase>();

    [Fact]
    public void Each_endpoint_has_a_row_and_each_row_an_endpoint() =>
        Table.Keys.Order(StringComparer.Ordinal).ShouldBe(Endpoints().Select(e => e.Name).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(null)]
    [InlineData(Roles.Viewer)]
    [InlineData(Roles.Operator)]
    [InlineData(Roles.Admin)]
    public async Task Each_endpoint_lets_in_who_may_and_nobody_else(string? role)
    {
        using var program = await ProgramAsync(role);
        using var browser = await BrowserAsync(role);
        var (let, refused) = (0, 0);
        foreach (var (name, method, route) in Endpoints().Where(e => Table[e.Name] is not ("open" or "gate" or "form")))
        {
            var isForPrograms = ApiLike().IsMatch(route);
            using var request = new HttpRequestMessage(new(method), MappedEndpoints.AddressOf(route, "999999999"));
            if (method != "GET") request.Content = Answers.Json("{}");
            using var headers = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            using var answer = await (isForPrograms ? program : browser).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, headers.Token);
            var isIn = answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && answer.Headers.Location?.ToString() is not ("/not-permitted" or ['/', 's', 'i', 'g', 'n', '-', 'i', 'n', ..]);
            isIn.ShouldBe(role is not null && Level(role) >= Level(Table[name]), $"{name} as {role ?? "nobody"}: {answer.StatusCode}");
            if (isIn) let++; else refused++;
        }
        (let + refused).ShouldBeGreaterThan(50);
        if (role == Roles.Admin) refused.ShouldBe(0);
        if (role is null) let.ShouldBe(0);
    }

    [Fact]
    public async Task Each_action_of_the_gate_is_denied_to_a_viewer_and_the_denial_is_in_the_audit()
    {
        var viewer = await People.SignInAsync(Database, "looks-on", Roles.Viewer);
        var gate = console.Host.Get<OperationGate>();
        var actions = console.Host.Get<IEnumerable<OperatorAction>>().ToList();
        actions.Count.ShouldBeGreaterThan(15);
        foreach (var action in actions)
        {
            (await Should.ThrowAsync<OperationRefusedException>(() => gate.PrepareAsync(action.Name, TargetSelection.Of("X"), OperationParameters.None, viewer, Cancel))).Code.ShouldBe("forbidden", action.Name);
            (await Should.ThrowAsync<OperationRefusedException>(() => gate.DoNowAsync(action.Name, "X", OperationParameters.None, "because", viewer, Cancel))).Code.ShouldBe("forbidden", action.Name);
        }
        var denied = await Database.ReadAsync(db => db.Audit.Where(r => r.Who == "looks-on" && r.Outcome == AuditOutcome.Denied).Select(r => r.Action).ToListAsync(Cancel));
        denied.Order(StringComparer.Ordinal).ShouldBe(actions.SelectMany(a => new[] { a.Name, a.Name }).Order(StringComparer.Ordinal));
    }

    private static int Level(string role) => Roles.All.ToList().IndexOf(role);

    // A page that answers to GET and POST is one page.
    private IEnumerable<(string Name, string Method, string Route)> Endpoints() =>
        from one in MappedEndpoints.Of(console.Host)
        where !MappedEndpoints.IsStaticFile(one.Endpoint)
        where one.Method == "GET" || one.Endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != true
        select ($"{one.Method} {one.Route}", one.Method, one.Route);

    private async Task<HttpClient> ProgramAsync(string? role)
    {
        var http = Stranger();
        if (role is null) return http;
        var secret = KeySecret.New();
        var key = new ApiKey { Name = $"as {role}", Prefix = KeySecret.PrefixOf(secret), Hash = KeySecret.HashOf(secret), Scopes = Permissions.Format(Roles.PermissionsOf(role)), CreatedBy = "test" };
        await Database.WriteAsync(db => { db.Add(key); return db.SaveChangesAsync(Cancel); }, Cancel);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return http;
    }

    private async Task<HttpClient> BrowserAsync(string? role)
    {
        var http = Stranger();
        if (role is null) return http;
        var user = console.Host.Get<Accounts>().New($"a.{role}", Password, role);
        await Database.WriteAsync(db => { db.Add(user); return db.SaveChangesAsync(Cancel); }, Cancel);
        http.DefaultRequestHeaders.Add("Cookie", $"{ConsoleAuthentication.CookieName}={await Visitors.SignInAsync(console.Host.Address, $"a.{role}", Password)}");
        return http;
    }

    private HttpClient Stranger() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = console.Host.Address };

    [GeneratedRegex("^/(api|hubs|health|openapi)(/|$)")]
    private static partial Regex ApiLike();

    [GeneratedRegex(@"^\s*([A-Z]+ \S+) (\w+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    private const string Text = """
        GET / viewer
        GET /_blazor viewer
        GET /_blazor/disconnect/ viewer
        GET /_blazor/initializers/ viewer
        GET /_blazor/negotiate viewer
        GET /_framework/opaque-redirect viewer
        GET /api/audit viewer
        GET /api/audit/export viewer
        GET /api/audit/verify viewer
        GET /api/diagnostics viewer
        GET /api/diagnostics/latest viewer
        GET /api/diagnostics/{id:long} viewer
        GET /api/diagnostics/{id:long}/file viewer
        GET /api/jobs viewer
        GET /api/jobs/{name}/runs viewer
        GET /api/keys admin
        GET /api/locks viewer
        GET /api/locks/numbers viewer
        GET /api/locks/waits viewer
        GET /api/locks/{orderNo} viewer
        GET /api/me viewer
        GET /api/metrics viewer
        GET /api/operations viewer
        GET /api/operations/{id:long} viewer
        GET /api/operations/{id:long}/items viewer
        GET /api/orders viewer
        GET /api/orders/export viewer
        GET /api/orders/{no} viewer
        GET /api/orders/{no}/why viewer
        GET /api/payments/late viewer
        GET /api/processing viewer
        GET /api/queue viewer
        GET /api/queue/{no} viewer
        GET /api/stock/{**sku} viewer
        GET /api/users admin
        GET /account viewer
        GET /audit viewer
        GET /diagnosis viewer
        GET /error viewer
        GET /health/live open
        GET /health/ready viewer
        GET /hubs/metrics viewer
        GET /hubs/metrics/negotiate viewer
        GET /jobs viewer
        GET /jobs/chart viewer
        GET /jobs/failed viewer
        GET /jobs/history viewer
        GET /jobs/missed viewer
        GET /jobs/nodes viewer
        GET /jobs/retries viewer
        GET /jobs/running viewer
        GET /jobs/runs/{Id} viewer
        GET /jobs/{Name} viewer
        GET /keys admin
        GET /late-payments viewer
        GET /locks viewer
        GET /not-found viewer
        GET /not-permitted viewer
        GET /openapi/v1.json viewer
        GET /operations viewer
        GET /operations/{Id:long} viewer
        GET /orders viewer
        GET /orders/{No} viewer
        GET /preferences/language/{name} open
        GET /preferences/theme/{name} open
        GET /reconciliation viewer
        GET /setup open
        GET /sign-in open
        GET /sign-in/second open
        GET /timeouts viewer
        GET /users admin
        GET /{**path:file} viewer
        POST /api/diagnostics operator
        POST /api/jobs/{name}/pause admin
        POST /api/jobs/{name}/resume admin
        POST /api/jobs/{name}/run operator
        POST /api/keys admin
        POST /api/keys/{id:long}/revoke admin
        POST /api/locks/cleanup operator
        POST /api/locks/{orderNo}/release operator
        POST /api/operations gate
        POST /api/operations/{id:long}/approve gate
        POST /api/operations/{id:long}/reject gate
        POST /api/operations/{id:long}/run gate
        POST /api/orders admin
        POST /api/orders/batch admin
        POST /api/orders/{no}/cancel operator
        POST /api/orders/{no}/extend operator
        POST /api/orders/{no}/payment admin
        POST /api/payments/{id}/refund operator
        POST /api/payments/{id}/reinstate operator
        POST /api/processing/pause operator
        POST /api/processing/resume operator
        POST /api/queue/{no}/requeue operator
        POST /api/users admin
        POST /api/users/{id:long}/disable admin
        POST /api/users/{id:long}/enable admin
        POST /api/users/{id:long}/password admin
        POST /api/users/{id:long}/role admin
        POST /api/users/{id:long}/second-factor/reset admin
        POST /setup/first open
        POST /sign-in/code open
        POST /sign-in/password open
        POST /sign-out form
        POST /sign-out/everywhere form
        PUT /api/stock/{**sku} admin
        """;
}
