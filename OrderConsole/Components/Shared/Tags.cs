namespace OrderConsole.Components.Shared;

/// <summary>Colour and sign of each state: one place, so that a state looks the same on every page.</summary>
internal static class Tags
{
    /// <summary>good, bad, warn, accent or quiet: a class of the style sheet.</summary>
    public static string Tone(string of, string value) => (of, value) switch
    {
        ("order", "Paid") or ("payment", "Paid") or ("outcome", "done") => "good",
        ("queue", "dead") or ("outcome", "failed") => "bad",
        ("queue", "retrying") or ("payment", "Late" or "Duplicate") or ("outcome", "refused" or "partly") => "warn",
        ("order", "Pending") or ("queue", "claimed" or "due") or ("outcome", "running") => "accent",
        _ => "quiet",
    };

    /// <summary>A glyph of the component library's icon font.</summary>
    public static string Symbol(string of, string value) => (of, value) switch
    {
        ("order", "Pending") or ("queue", "scheduled") => "schedule",
        ("order" or "payment", "Paid") or ("outcome", "done") => "check_circle",
        ("order", "Cancelled") or ("outcome", "cancelled") => "cancel",
        ("queue", "due") => "alarm",
        ("queue", "claimed") or ("outcome", "running") => "sync",
        ("queue", "retrying") => "replay",
        ("queue", "dead") or ("outcome", "failed") => "error",
        ("outcome", "refused") => "block",
        _ => "info",
    };
}
