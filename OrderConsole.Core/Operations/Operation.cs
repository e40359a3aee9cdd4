namespace OrderConsole.Core.Operations;

/// <summary>
/// One thing that an operator had done, to one target or to thousands: the frozen preview, the run and the receipt are
/// this row and its <see cref="OperationItem"/>s.
/// </summary>
public sealed class Operation
{
    public long Id { get; init; }
    /// <summary>The name of the <see cref="OperatorAction"/>.</summary>
    public string Action { get; init; } = "";
    /// <summary><see cref="OperationParameters"/> as JSON.</summary>
    public string Parameters { get; init; } = "{}";
    /// <summary>How the list came about: <see cref="TargetSelection"/> as JSON.</summary>
    public string Selection { get; init; } = "{}";
    /// <summary>Who asked for it: whoever prepared it, then whoever had it run.</summary>
    public string By { get; set; } = "";
    /// <summary>Where from: <c>console</c> or <c>api</c>.</summary>
    public string Source { get; set; } = "";
    public string? Address { get; set; }
    /// <summary>Who that is, and as what: for the audit, and so that nobody approves what is their own.</summary>
    public long? UserId { get; set; }
    public long? KeyId { get; set; }
    public string? Session { get; set; }
    public string? Role { get; set; }
    /// <summary>Why, in the operator's words; null until it is run.</summary>
    public string? Reason { get; set; }
    public OperationState State { get; set; }
    public DateTimeOffset PreparedAt { get; init; }
    /// <summary>True: customers' payments are decided about, or paid orders touched.</summary>
    public bool TouchesPaidOrders { get; init; }
    /// <summary>Since when it waits for a second person; null when it never did.</summary>
    public DateTimeOffset? AskedAt { get; set; }
    /// <summary>The second person, and what they said.</summary>
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecisionReason { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    /// <summary>The node that runs it.</summary>
    public string? Node { get; set; }
    /// <summary>How many targets the list has.</summary>
    public int Total { get; init; }
    public int Done { get; set; }
    /// <summary>Targets that the preview or the run refused.</summary>
    public int Refused { get; set; }
    public int Failed { get; set; }

    public int Left => Total - Done - Refused - Failed;
}

/// <summary>Where an operation stands. The numbers are stored.</summary>
public enum OperationState
{
    /// <summary>The list is frozen, nothing is done. Forgotten when nobody runs it within a day.</summary>
    Prepared = 0,
    Running = 1,
    Finished = 2,
    /// <summary>A second person must say yes; nothing is done until then.</summary>
    Waiting = 3,
    /// <summary>The second person said no. Nothing was done.</summary>
    Rejected = 4,
    /// <summary>No second person came in time. Nothing was done.</summary>
    Expired = 5,
}

/// <summary>One target of an operation.</summary>
public sealed class OperationItem
{
    public long OperationId { get; init; }
    /// <summary>Its place in the list, from 1.</summary>
    public int No { get; init; }
    /// <summary>An order number or a payment id; what the action says.</summary>
    public string Target { get; init; } = "";
    /// <summary>What the preview saw of it (a version, a token); a target that has changed since is refused.</summary>
    public string? Seen { get; init; }
    public OperationItemState State { get; init; }
    /// <summary>Why it was refused or failed, as a stable word: a constant of <see cref="RefusalCodes"/>.</summary>
    public string? Code { get; init; }
    /// <summary>The same in words, or what was done.</summary>
    public string? Detail { get; init; }
    public DateTimeOffset? At { get; init; }
}

/// <summary>What became of a target. The numbers are stored.</summary>
public enum OperationItemState
{
    /// <summary>On the list; not done yet.</summary>
    Allowed = 0,
    Done = 1,
    Refused = 2,
    /// <summary>Tried, and ended in an error.</summary>
    Failed = 3,
}

/// <summary>Who acts, as every record of it says.</summary>
/// <param name="Name">A user, or a key's name.</param>
/// <param name="Source"><c>console</c>, <c>api</c> or <c>system</c>.</param>
public sealed record Operator(string Name, string Source, string? Address = null)
{
    public const string Console = "console";
    public const string Api = "api";
    public const string Itself = "system";

    public long? UserId { get; init; }
    /// <summary>The API key that signed the call.</summary>
    public long? KeyId { get; init; }
    /// <summary>The sign-in that a user acts in.</summary>
    public string? Session { get; init; }

    public bool IsSystem => Source == Itself;

    /// <summary>The console by itself: a job, the start. Never made of what a caller sent.</summary>
    public static Operator System(string name) => new(name, Itself);
}

/// <summary>What an action needs to know beyond its targets; each action reads its own.</summary>
public sealed record OperationParameters
{
    /// <summary>How much later a deadline is to be.</summary>
    public TimeSpan? By { get; init; }
    /// <summary>The payment side's reference of a refund, 1 to 128 characters.</summary>
    public string? Reference { get; init; }
    /// <summary>When a job is to run: five fields as Unix has them, or six or seven as Quartz does.</summary>
    public string? Cron { get; init; }
    /// <summary>Whether a job does its thorough kind of run, where it has one.</summary>
    public bool? Whole { get; init; }
    /// <summary>The token of the lock that was on screen.</summary>
    public string? Token { get; init; }

    public static OperationParameters None { get; } = new();
}
