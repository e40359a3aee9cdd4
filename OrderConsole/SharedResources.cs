namespace OrderConsole;

/// <summary>All texts of the screens: <c>Resources/SharedResources.resx</c>, and one file more for each language.</summary>
public sealed class SharedResources;
