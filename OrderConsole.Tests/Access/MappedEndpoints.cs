using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Access;

/// <summary>All that a console answers to.</summary>
internal static partial class MappedEndpoints
{
    public static IEnumerable<(string Method, string Route, RouteEndpoint Endpoint)> Of(ConsoleHost host) =>
        from endpoint in host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/'), endpoint);

    public static bool IsStaticFile(RouteEndpoint endpoint) => endpoint.Metadata.Any(m => m.GetType().Name == "StaticAssetDescriptor");

    /// <summary>An address of the route: <paramref name="id"/> where it wants a number, else x.</summary>
    public static string AddressOf(string route, string id) => Parameter().Replace(route, p => p.Value.Contains(":long", StringComparison.Ordinal) ? id : "x");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
