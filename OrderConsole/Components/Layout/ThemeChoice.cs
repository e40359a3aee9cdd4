namespace OrderConsole.Components.Layout;

/// <summary>A style sheet of the theme, and for which displays it is.</summary>
public sealed record ThemeSheet(string Path, string Media);

/// <summary>One of three; nothing else from the cookie reaches the page. "system" leaves the choice to the browser, so nothing flickers.</summary>
public sealed record ThemeChoice(string Name, string ColorScheme, IReadOnlyList<ThemeSheet> Sheets)
{
    public const string Cookie = "oc-theme";

    public static ThemeChoice Light { get; } = new("light", "light", SheetsOf("material", "all"));
    public static ThemeChoice Dark { get; } = new("dark", "dark", SheetsOf("material-dark", "all"));
    public static ThemeChoice System { get; } = new("system", "light dark",
        [.. SheetsOf("material", "(prefers-color-scheme: light)"), .. SheetsOf("material-dark", "(prefers-color-scheme: dark)")]);

    public static IReadOnlyList<ThemeChoice> All { get; } = [Light, System, Dark];

    public static ThemeChoice Named(string? name) => All.FirstOrDefault(t => t.Name == name) ?? System;

    private static IReadOnlyList<ThemeSheet> SheetsOf(string theme, string media) =>
    [
        new($"_content/Radzen.Blazor/css/{theme}-base.css", media),
        new($"_content/Radzen.Blazor/css/{theme}-wcag.css", media),
    ];
}
