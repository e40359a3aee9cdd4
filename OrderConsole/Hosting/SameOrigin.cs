using OrderConsole.Api;

namespace OrderConsole.Hosting;

/// <summary>
/// Refuses what another site's page sends: every call that changes something, and the live connections, which browsers
/// open to any host without asking. Programs send neither header and are not concerned.
/// </summary>
internal sealed class SameOrigin(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        IsGuarded(context.Request) && IsForeign(context.Request)
            ? Problem.WriteAsync(context, ProblemCodes.CrossOrigin, "The request comes from another site's page.")
            : next(context);

    private static bool IsGuarded(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        || request.Path.StartsWithSegments("/_blazor") || request.Path.StartsWithSegments("/hubs");

    private static bool IsForeign(HttpRequest request)
    {
        var (origin, site) = (request.Headers.Origin.ToString(), request.Headers["Sec-Fetch-Site"].ToString());
        // Of a form on a page that sends no referrer, as ours do, browsers say no more than that it is of the same origin.
        if (origin == "null" && site == "same-origin") return false;
        if (origin.Length > 0 && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)) return true;
        return site == "cross-site";
    }
}

internal static class SameOriginPipeline
{
    public static void UseSameOrigin(this WebApplication app) => app.UseMiddleware<SameOrigin>();
}
