namespace OrderConsole.Core.Access;

/// <summary>What somebody may do, each a stable word: in the database, in a key's scopes and in the audit.</summary>
public static class Permissions
{
    /// <summary>See everything but users, keys and secrets.</summary>
    public const string View = "view";
    /// <summary>What order services do: place, pay, set stock.</summary>
    public const string Orders = "orders";
    public const string Cancel = "cancel";
    public const string Extend = "extend";
    public const string Requeue = "requeue";
    public const string Unlock = "unlock";
    public const string CleanUp = "clean_up";
    /// <summary>Add and remove entries of the queue by hand.</summary>
    public const string Repair = "repair";
    /// <summary>Pause and resume the processing of timeouts.</summary>
    public const string Pause = "pause";
    public const string DecidePayment = "decide_payment";
    public const string Diagnose = "diagnose";
    public const string RunJob = "run_job";
    /// <summary>Pause, resume and change the schedule of jobs.</summary>
    public const string EditJob = "edit_job";
    /// <summary>Be the second person for what somebody else asked for.</summary>
    public const string Approve = "approve";
    public const string ReadAudit = "read_audit";
    public const string ManageAlerts = "manage_alerts";
    public const string ManageUsers = "manage_users";
    public const string ManageKeys = "manage_keys";

    public static IReadOnlyList<string> All { get; } =
    [
        View, Orders, Cancel, Extend, Requeue, Unlock, CleanUp, Repair, Pause, DecidePayment, Diagnose, RunJob, EditJob,
        Approve, ReadAudit, ManageAlerts, ManageUsers, ManageKeys,
    ];

    /// <summary>The permissions of a list that is stored with spaces between them; words that are none are left out.</summary>
    public static IReadOnlySet<string> Parse(string stored) =>
        stored.Split(' ', StringSplitOptions.RemoveEmptyEntries).Intersect(All, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);

    /// <summary>How a list is stored: each once, in the order of <see cref="All"/>.</summary>
    public static string Format(IEnumerable<string> permissions) => string.Join(' ', All.Intersect(permissions, StringComparer.Ordinal));
}
