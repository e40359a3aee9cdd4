using System.ComponentModel.DataAnnotations;

namespace OrderConsole.Hosting;

/// <summary>Section <c>Listening</c>: what the console needs to know before other machines may reach it.</summary>
public sealed class ListeningOptions
{
    public const string Section = "Listening";

    /// <summary>A proxy in front speaks TLS with the browsers, and plain HTTP with the console. Takes <see cref="KnownProxies"/>.</summary>
    public bool TlsTerminatedInFront { get; set; }

    /// <summary>The names by which the console is called, beside those of loopback: <c>orders.example</c>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed: addresses, or networks as <c>10.0.0.0/8</c>. Nobody else's are.</summary>
    public IReadOnlyList<string> KnownProxies { get; set; } = [];

    /// <summary>How many proxies stand in a row, 1 to 10.</summary>
    [Range(1, 10)]
    public int ForwardLimit { get; set; } = 1;

    /// <summary>For how many days browsers are told to use nothing but TLS for this name and those below it (HSTS), 0 to 730; 0 tells nothing.</summary>
    [Range(0, 730)]
    public int HstsDays { get; set; }
}
