namespace OrderConsole.Components.Layout;

/// <summary>A key, or keys one after the other, and what they do. keys.js reads them from the help dialog's rows, so the help cannot differ from what happens.</summary>
/// <param name="Keys">As people type them: "?", "g o", "Ctrl-K" (which is Cmd-K on a Mac).</param>
/// <param name="Text">The text <c>Shortcut.{Text}</c>, or a page's name when <paramref name="Page"/> is set.</param>
/// <param name="Page">The page it goes to.</param>
/// <param name="Opens">The id of the dialog it opens.</param>
/// <param name="Focuses">The selector of what it puts the focus on.</param>
public sealed record Shortcut(string Keys, string? Text = null, ShellPage? Page = null, string? Opens = null, string? Focuses = null);

public static class Shortcuts
{
    public static IReadOnlyList<Shortcut> All { get; } =
    [
        new("Ctrl-K", Text: "commands", Opens: CommandBox.Id),
        new("/", Text: "search", Focuses: "[data-search]"),
        new("?", Text: "help", Opens: KeyboardHelp.Id),
        .. ShellPages.All.Where(p => p.Keys is not null).Select(p => new Shortcut(p.Keys!, Page: p)),
    ];
}
