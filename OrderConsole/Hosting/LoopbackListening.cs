using System.Net;
using Microsoft.Extensions.Options;

namespace OrderConsole.Hosting;

/// <summary>
/// Passwords and keys travel in plain text over HTTP: the console listens on this machine only, and says so.
/// </summary>
internal static class LoopbackListening
{
    public const string Reason = "Passwords and keys would travel in plain text, so the console listens on this machine only (loopback).";

    public static void AddLoopbackOnly(this WebApplicationBuilder builder)
    {
        foreach (var (key, url) in Configured(builder.Configuration))
            if (!IsLoopback(url))
                throw new OptionsValidationException(key, typeof(string),
                    [$"{key} is \"{url}\", which other machines can reach. {Reason} Use http://127.0.0.1:<port>, http://localhost:<port> or http://[::1]:<port>."]);
        builder.Services.AddHostedService<ListeningNotice>();
    }

    public static bool IsLoopback(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return false;
        }
        return address.IsUnixPipe
            || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));
    }

    private static IEnumerable<(string Key, string Url)> Configured(ConfigurationManager configuration)
    {
        var urls = configuration["Urls"];
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            yield return ("Urls", url);
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
            yield return (endpoint.Path + ":Url", endpoint["Url"] ?? "");
        // These two mean every address of the machine; Urls, when set, outranks them.
        foreach (var key in string.IsNullOrEmpty(urls) ? ["http_ports", "https_ports"] : Array.Empty<string>())
            if (configuration[key] is { Length: > 0 } ports)
                yield return (key, $"http://*:{ports}");
    }
}
