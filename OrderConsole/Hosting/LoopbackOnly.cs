using System.Net;
using OrderConsole.Api;

namespace OrderConsole.Hosting;

/// <summary>
/// The second line behind <see cref="LoopbackListening"/>: whatever the server was made to listen on, only requests that
/// came in on loopback and name it are served. The name check stops pages that reach us through a DNS name of their own.
/// </summary>
internal sealed class LoopbackOnly(RequestDelegate next)
{
    private static readonly string[] Names = ["localhost", "127.0.0.1", "[::1]"];

    public Task InvokeAsync(HttpContext context)
    {
        // No local address: the request came in process or through a Unix socket.
        if (context.Connection.LocalIpAddress is { } local && !IPAddress.IsLoopback(local))
            return Problem.WriteAsync(context, ProblemCodes.LoopbackOnly, LoopbackListening.Reason);
        if (!Names.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
            return Problem.WriteAsync(context, ProblemCodes.HostNotAllowed, "The Host header does not name this machine's loopback.", "Host", string.Join(", ", Names));
        return next(context);
    }
}

internal static class LoopbackOnlyPipeline
{
    public static void UseLoopbackOnly(this WebApplication app) => app.UseMiddleware<LoopbackOnly>();
}
