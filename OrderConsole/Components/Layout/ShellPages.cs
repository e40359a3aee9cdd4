using OrderConsole.Core.Access;
using OrderConsole.Live;

namespace OrderConsole.Components.Layout;

/// <summary>A page in the navigation. Its name is the text <c>Page.{Key}</c>.</summary>
/// <param name="Symbol">A glyph of the icon font.</param>
/// <param name="Keys">Typed one after the other they go there; null for none.</param>
/// <param name="Waiting">How much there waits for a person; null shows no badge.</param>
/// <param name="Permission">Whoever has it not, finds the page in no list; the page itself asks again.</param>
public sealed record ShellPage(string Key, string Url, string Symbol, string? Keys, Func<MetricsSnapshot, long?> Waiting, string Permission = Permissions.View);

/// <summary>The pages, once: for the navigation, the shortcuts and the command box.</summary>
public static class ShellPages
{
    private const double SecondsToBeCancelled = 2;

    public static IReadOnlyList<ShellPage> All { get; } =
    [
        new("overview", "/", "dashboard", "g h", _ => null),
        new("orders", "/orders", "receipt_long", "g o", Overdue),
        new("timeouts", "/timeouts", "timer", "g t", s => s.Queue.Dead),
        new("payments", "/late-payments", "payments", "g p", s => s.UndecidedPayments),
        new("locks", "/locks", "lock", "g l", s => s.LeakedLocks),
        new("reconciliation", "/reconciliation", "compare_arrows", "g r", _ => null),
        new("jobs", "/jobs", "event_repeat", "g j", s => s.FailingJobs),
        new("operations", "/operations", "history", null, s => s.WaitingOperations),
        new("audit", "/audit", "verified_user", "g a", _ => null, Permissions.ReadAudit),
        new("diagnosis", "/diagnosis", "troubleshoot", "g d", _ => null),
        new("users", "/users", "group", null, _ => null, Permissions.ManageUsers),
        new("keys", "/keys", "key", null, _ => null, Permissions.ManageKeys),
    ];

    /// <summary>What has just fallen due is the consoles' business: a badge for it would only flicker.</summary>
    private static long? Overdue(MetricsSnapshot snapshot) => snapshot.OldestOverdueSeconds < SecondsToBeCancelled ? 0 : snapshot.ExpiredPending;
}
