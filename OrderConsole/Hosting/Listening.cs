using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using OrderConsole.Core;
using OrderConsole.Demo;

namespace OrderConsole.Hosting;

/// <summary>
/// Passwords and keys would travel in plain text over HTTP: other machines reach the console over TLS alone, its own or
/// that of a proxy in front that the settings name.
/// </summary>
internal static class Listening
{
    public const string Reason = "Passwords and keys would travel in plain text.";

    public static void AddListening(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<ListeningOptions>(builder.Configuration, ListeningOptions.Section);
        var options = builder.Configuration.GetSection(ListeningOptions.Section).Get<ListeningOptions>() ?? new();
        var isDemo = DemoMode.IsOn(builder.Configuration);
        foreach (var (key, url) in Configured(builder.Configuration))
            if (WhatIsWrong(url, options, isDemo) is { } wrong) throw Wrong(key, $"{key} is \"{url}\", which other machines can reach. {wrong}");
        if (builder.Configuration["FORWARDEDHEADERS_ENABLED"] == "true")
            throw Wrong("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "ASPNETCORE_FORWARDEDHEADERS_ENABLED would believe whoever sends the headers. Name the proxies in Listening:KnownProxies instead.");
        if (options is { TlsTerminatedInFront: true, KnownProxies.Count: 0 })
            throw Wrong("Listening:KnownProxies", "Listening:TlsTerminatedInFront needs Listening:KnownProxies, the addresses of the proxies: who else sends X-Forwarded-Proto is not believed.");
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded => Believe(forwarded, options));
        builder.Services.AddHsts(hsts => (hsts.MaxAge, hsts.IncludeSubDomains) = (TimeSpan.FromDays(options.HstsDays), true));
        builder.Services.AddHostedService<ListeningNotice>();
    }

    /// <summary>The first steps of every request: who it really comes from, and whether it may come this way.</summary>
    public static void UseListening(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ListeningOptions>>().Value;
        if (options.TlsTerminatedInFront) app.UseForwardedHeaders();
        if (options.HstsDays > 0) app.UseHsts();
        app.UseMiddleware<TransportRules>();
    }

    /// <returns>Why the console does not listen at this address, or null when it may.</returns>
    public static string? WhatIsWrong(string url, ListeningOptions options, bool isDemo = false)
    {
        if (IsLoopback(url)) return null;
        if (isDemo) return "The demo is for this machine alone (loopback): http://127.0.0.1:<port>.";
        if (!url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !options.TlsTerminatedInFront)
            return $"{Reason} Use https, or set Listening:TlsTerminatedInFront when a proxy speaks TLS in front, or stay on loopback: http://127.0.0.1:<port>.";
        return options.AllowedHosts.Count == 0 ? "Say in Listening:AllowedHosts by which names it may be called: a page of another site could reach it through a name of its own." : null;
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

    private static void Believe(ForwardedHeadersOptions forwarded, ListeningOptions options)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = options.ForwardLimit;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in options.KnownProxies)
        {
            if (IPAddress.TryParse(proxy, out var address)) forwarded.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(proxy, out var network)) forwarded.KnownIPNetworks.Add(network);
            else throw Wrong("Listening:KnownProxies", $"Listening:KnownProxies has \"{proxy}\"; allowed are addresses (10.0.0.5) and networks (10.0.0.0/8).");
        }
    }

    private static IEnumerable<(string Key, string Url)> Configured(ConfigurationManager configuration)
    {
        var urls = configuration["Urls"];
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            yield return ("Urls", url);
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
            yield return (endpoint.Path + ":Url", endpoint["Url"] ?? "");
        // These two mean every address of the machine; Urls, when set, outranks them.
        foreach (var (key, scheme) in string.IsNullOrEmpty(urls) ? new[] { ("http_ports", "http"), ("https_ports", "https") } : [])
            if (configuration[key] is { Length: > 0 } ports)
                yield return (key, $"{scheme}://*:{ports}");
    }

    private static OptionsValidationException Wrong(string key, string sentence) => new(key, typeof(ListeningOptions), [sentence]);
}
