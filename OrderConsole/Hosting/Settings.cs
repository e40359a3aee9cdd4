using Microsoft.Extensions.Options;

namespace OrderConsole.Hosting;

internal static class Settings
{
    /// <summary>Binds a section, checks its values at start, and refuses a key that nobody would read.</summary>
    public static void AddSettings<T>(this IServiceCollection services, IConfiguration configuration, string section) where T : class
    {
        RefuseUnknownKeys<T>(configuration.GetSection(section));
        services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateDataAnnotations().ValidateOnStart();
    }

    private static void RefuseUnknownKeys<T>(IConfigurationSection section)
    {
        var known = typeof(T).GetProperties().Select(p => p.Name).ToArray();
        foreach (var child in section.GetChildren().Where(c => !known.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
            throw new OptionsValidationException(section.Key, typeof(T),
                [$"Unknown setting {child.Path}. Section {section.Key} has: {string.Join(", ", known)}."]);
    }
}
