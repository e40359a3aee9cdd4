namespace OrderConsole.Components.Layout;

/// <summary>One of three; nothing else from the cookie reaches the page. "system" leaves the choice to the browser, so nothing flickers.</summary>
/// <param name="ColorScheme">What the page tells the browser before its style sheets are there.</param>
public sealed record ThemeChoice(string Name, string ColorScheme)
{
    public const string Cookie = "oc-theme";

    public static ThemeChoice Light { get; } = new("light", "light");
    public static ThemeChoice Dark { get; } = new("dark", "dark");
    public static ThemeChoice System { get; } = new("system", "light dark");

    public static IReadOnlyList<ThemeChoice> All { get; } = [Light, System, Dark];

    public static ThemeChoice Named(string? name) => All.FirstOrDefault(t => t.Name == name) ?? System;
}
