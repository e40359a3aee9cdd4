using Microsoft.Extensions.Options;
using OrderConsole.Api;
using OrderConsole.Live;

namespace OrderConsole.Access;

/// <summary>Keeps one user from taking every live connection of the console.</summary>
internal sealed class ConnectionCap(RequestDelegate next, LiveConnections connections, IOptions<AccessOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsLive(context.Request))
        {
            await next(context);
            return;
        }
        using var counted = connections.Begin(context, options.Value.MaxConnectionsPerUser);
        if (counted is null) await Problem.WriteAsync(context, ProblemCodes.TooManyConnections, "This user or key has too many live connections already.");
        else await next(context);
    }

    private static bool IsLive(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsConnect(request.Method)) && (request.Path == "/_blazor" || request.Path == LiveServices.HubPath);
}
