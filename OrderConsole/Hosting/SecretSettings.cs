using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace OrderConsole.Hosting;

/// <summary>
/// Secrets come from the environment or from files of their own. One that stands in a settings file is copied, committed and
/// read by many; one that stands in the documentation is known to everybody. In production neither starts.
/// </summary>
internal static class SecretSettings
{
    private static readonly string[] Keys = ["Access:Setup:AdminPassword", "Access:Setup:ApiKey", "Access:OAuth:ClientSecret", "Audit:Key"];
    private static readonly string[] ConnectionKeys = ["ConnectionStrings:Orders", "ConnectionStrings:Redis"];
    private static readonly string[] PasswordWords = ["password", "pwd"];
    private static readonly string[] Samples = ["change-me", "changeme", "change_me", "your-secret", "sample-secret", "example-secret"];

    public static void CheckSecrets(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsProduction()) return;
        var wrong = WhatIsWrong(builder.Configuration).ToList();
        if (wrong.Count > 0) throw new OptionsValidationException("Secrets", typeof(SecretSettings), wrong);
    }

    /// <summary>A sentence for each secret that is a sample or stands in a settings file. It never contains the secret.</summary>
    public static IEnumerable<string> WhatIsWrong(IConfigurationRoot configuration)
    {
        foreach (var (key, value) in Secrets(configuration))
        {
            if (Samples.Any(s => value.Contains(s, StringComparison.OrdinalIgnoreCase)))
                yield return $"{key} is a sample that everybody can read. Make one of its own: openssl rand -base64 32.";
            if (FileOf(configuration, key) is { } file)
                yield return $"{key} stands in {file}. A secret comes from the environment: {key.Replace(":", "__", StringComparison.Ordinal)}.";
        }
    }

    private static IEnumerable<(string Key, string Value)> Secrets(IConfiguration configuration)
    {
        foreach (var key in Keys)
            if (configuration[key] is { Length: > 0 } value) yield return (key, value);
        foreach (var key in ConnectionKeys)
            if (configuration[key] is { Length: > 0 } connection && PasswordOf(connection) is { Length: > 0 } password) yield return (key, password);
    }

    private static string? FileOf(IConfigurationRoot configuration, string key) => configuration.Providers.OfType<JsonConfigurationProvider>()
        .Where(p => p.Source.Path?.StartsWith("appsettings", StringComparison.OrdinalIgnoreCase) == true && p.TryGet(key, out var value) && !string.IsNullOrEmpty(value))
        .Select(p => p.Source.Path).LastOrDefault();

    /// <summary>Of <c>Host=...;Password=...</c> and of Redis' <c>host:6379,password=...</c>.</summary>
    private static string? PasswordOf(string connection) => connection.Split(';', ',').Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(pair => pair.Length == 2 && PasswordWords.Contains(pair[0], StringComparer.OrdinalIgnoreCase))?[1];
}
