using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace OrderConsole.Core.Data;

/// <summary>Settings are never silently dropped: a key that nobody reads is a mistake and fails the start with its name.</summary>
public static class SettingsSection
{
    /// <exception cref="OptionsValidationException">A key is unknown, or its value has the wrong form; the message names it.</exception>
    public static void Bind<T>(IConfiguration configuration, string section, T options) where T : class
    {
        var known = typeof(T).GetProperties().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var key in configuration.GetSection(section).GetChildren())
            if (!known.Contains(key.Key))
                throw Wrong<T>(section, $"Unknown setting {section}:{key.Key}. Known are: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        try
        {
            configuration.GetSection(section).Bind(options);
        }
        catch (InvalidOperationException e)
        {
            throw Wrong<T>(section, $"A setting in {section} has the wrong form: {e.Message} {e.InnerException?.Message}".TrimEnd());
        }
    }

    internal static OptionsValidationException Wrong<T>(string section, string message) => new(section, typeof(T), [message]);
}
