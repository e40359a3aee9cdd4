namespace OrderConsole.Components.Shared;

/// <summary>Colour and sign of each state: one place, so that a state looks the same on every page.</summary>
internal static class Tags
{
    /// <summary>good, bad, warn, accent or quiet: a class of the style sheet.</summary>
    public static string Tone(string of, string value) => (of, value) switch
    {
        ("order", "Paid") or ("payment", "Paid") or ("outcome", "done") or ("job", "Succeeded") or ("node", "Alive") or ("lock", "Green") or ("severity", "Good") => "good",
        ("queue", "dead") or ("outcome", "failed") or ("job", "Failed" or "Broken") or ("node", "Failed") or ("lock", "Red") or ("severity", "Critical") => "bad",
        ("queue", "retrying") or ("payment", "Late" or "Duplicate") or ("outcome", "refused" or "partly" or "waiting") or ("job", "Retrying" or "Paused") or ("node", "Overdue") or ("lock", "Amber") or ("severity", "Warning") => "warn",
        ("audit", "Denied" or "Failed") => "bad",
        ("audit", "Refused" or "Rejected" or "Expired") => "warn",
        ("audit", "Done" or "Finished" or "Approved") => "good",
        ("audit", "Asked" or "Started") => "accent",
        ("order", "Pending") or ("queue", "claimed" or "due") or ("outcome", "running") or ("job", "Running") or ("severity", "Notice") => "accent",
        _ => "quiet",
    };

    /// <summary>A glyph of the component library's icon font.</summary>
    public static string Symbol(string of, string value) => (of, value) switch
    {
        ("order", "Pending") or ("queue", "scheduled") => "schedule",
        ("order" or "payment", "Paid") or ("outcome", "done") or ("job", "Succeeded") or ("node", "Alive") or ("lock", "Green") or ("severity", "Good") => "check_circle",
        ("order", "Cancelled") or ("outcome", "cancelled") or ("job", "Cancelled") => "cancel",
        ("queue", "due") => "alarm",
        ("queue", "claimed") or ("outcome", "running") or ("job", "Running") => "sync",
        ("outcome", "waiting") => "hourglass_top",
        ("audit", "Denied" or "Rejected") => "block",
        ("audit", "Failed") => "error",
        ("audit", "Done" or "Finished" or "Approved") => "check_circle",
        ("queue", "retrying") or ("job", "Retrying") => "replay",
        ("job", "Paused") => "pause_circle",
        ("job", "Skipped") => "check",
        ("queue", "dead") or ("outcome", "failed") or ("job", "Failed" or "Broken") or ("node", "Failed") or ("severity", "Critical") => "error",
        ("outcome", "refused") or ("lock", "Red") => "block",
        ("severity", "Warning") => "warning",
        _ => "info",
    };
}
