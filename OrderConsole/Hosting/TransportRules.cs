using System.Net;
using Microsoft.Extensions.Options;
using OrderConsole.Api;

namespace OrderConsole.Hosting;

/// <summary>
/// The second line behind <see cref="Listening"/>: whatever the server was made to listen on, a request from another machine
/// is served when it came over TLS, and any when it names the console as the settings do. The name check stops pages
/// that reach us through a DNS name of their own.
/// </summary>
internal sealed class TransportRules(RequestDelegate next, IOptions<ListeningOptions> options)
{
    private readonly string[] _names = ["localhost", "127.0.0.1", "[::1]", .. options.Value.AllowedHosts];

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.IsHttps && !(IsThisMachine(context.Connection.LocalIpAddress) && IsThisMachine(context.Connection.RemoteIpAddress)))
            return Problem.WriteAsync(context, ProblemCodes.HttpsRequired,
                $"{Listening.Reason} From other machines the console is served over https; a proxy in front must be named in Listening:KnownProxies and send X-Forwarded-Proto.");
        if (!_names.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
            return Problem.WriteAsync(context, ProblemCodes.HostNotAllowed, "The Host header does not name this console.", "Host", string.Join(", ", _names));
        return next(context);
    }

    // No address: the request came in process or through a Unix socket.
    private static bool IsThisMachine(IPAddress? address) => address is null || IPAddress.IsLoopback(address);
}
