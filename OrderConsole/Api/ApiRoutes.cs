using OrderConsole.Access;

namespace OrderConsole.Api;

/// <summary>The HTTP API, one file a resource.</summary>
internal static class ApiRoutes
{
    private static readonly string[] Roots = ["/api", "/health", "/openapi", "/hubs"];

    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(o => ApiJson.Applied(o.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<OneTarget>();
        builder.AddApiDocument();
    }

    public static void UseApiErrors(this WebApplication app) =>
        app.UseWhen(context => IsApi(context.Request.Path), branch => branch.UseMiddleware<ApiErrors>().UseMiddleware<OversizedBody>());

    public static bool IsApi(PathString path) => Array.Exists(Roots, root => path.StartsWithSegments(root));

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api").DisableAntiforgery().WithCommonProblems();
        api.NameTheirPermissions();
        api.RefuseUnreadQueries();
        api.MapMe();
        api.MapOrders();
        api.MapWhy();
        api.MapPayment();
        api.MapStock();
        api.MapOrderExport();
        api.MapMetrics();
        api.MapQueue();
        api.MapLocks();
        api.MapLockWaits();
        api.MapProcessing();
        api.MapLatePayments();
        api.MapOperations();
        api.MapJobs();
        api.MapDiagnostics();
        api.MapUsers();
        api.MapKeys();
        api.MapAudit();
        app.MapOpenApi("/openapi/v1.json");
    }
}
