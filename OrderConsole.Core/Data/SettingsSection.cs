using Microsoft.Extensions.Configuration;

namespace OrderConsole.Core.Data;

/// <summary>Settings are never silently dropped: a key that nobody reads is a mistake and fails the start with its name.</summary>
public static class SettingsSection
{
    public static void Bind<T>(IConfiguration configuration, string section, T options) where T : class
    {
        var known = typeof(T).GetProperties().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var key in configuration.GetSection(section).GetChildren())
            if (!known.Contains(key.Key))
                throw new SettingsException($"Unknown setting {section}:{key.Key}. Known are: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        try
        {
            configuration.GetSection(section).Bind(options);
        }
        catch (InvalidOperationException e)
        {
            throw new SettingsException($"A setting in {section} has the wrong form: {e.Message} {e.InnerException?.Message}".TrimEnd(), e);
        }
    }
}
