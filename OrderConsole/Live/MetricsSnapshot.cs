using System.ComponentModel;

namespace OrderConsole.Live;

/// <summary>The figures of one moment, as the API, the hub and the screens have them. Null is a figure that could not be read.</summary>
public sealed record MetricsSnapshot
{
    public required DateTimeOffset At { get; init; }

    [Description("Pending orders whose deadline has passed.")]
    public long? ExpiredPending { get; init; }

    [Description("How long the oldest of them is past its deadline, in seconds; 0 when there is none.")]
    public double? OldestOverdueSeconds { get; init; }

    [Description("Locks on orders that are held right now.")]
    public long? ActiveLocks { get; init; }

    [Description("Locks that never end by themselves.")]
    public long? LeakedLocks { get; init; }

    [Description("Late and duplicate payments that nobody has decided about yet.")]
    public long? UndecidedPayments { get; init; }
    /// <summary>Operations that wait for a second person.</summary>
    public long? WaitingOperations { get; init; }

    [Description("Jobs that keep failing or have not succeeded in time; null where that is not known.")]
    public long? FailingJobs { get; init; }

    [Description("Who paused the processing, when and why; null while it runs.")]
    public PauseFigures? Pause { get; init; }

    public QueueFigures Queue { get; init; } = new(null, null, null, null, null);
    public RateFigures Rates { get; init; } = new(null, null, null, null, null);
    public LatenessFigures Lateness { get; init; } = new(null, null, null);
    public ContentionFigures Contention { get; init; } = new(null, null);
    public PerCancelledFigures ContentionPerCancelled { get; init; } = new(null, null);

    [Description("What the next two hours bring; null while it is not known.")]
    public ForecastFigures? Forecast { get; init; }

    public CountedAt CountedAt { get; init; } = new(null, null, null);

    [Description("What each part is kept in, and whether it answers.")]
    public IReadOnlyList<StoreFigures> Stores { get; init; } = [];

    [Description("The consoles that are alive.")]
    public IReadOnlyList<NodeFigures> Nodes { get; init; } = [];

    [Description("What somebody should look at now.")]
    public IReadOnlyList<LiveProblem> Problems { get; init; } = [];

    [Description("The last 50 changes of orders, newest first; null when they could not be read.")]
    public IReadOnlyList<TransitionFigures>? Transitions { get; init; }

    /// <summary>Before the first look, and when the looking has stopped: no figure at all rather than an old one.</summary>
    public static MetricsSnapshot Unread(DateTimeOffset at, params LiveProblem[] problems) => new() { At = at, Problems = problems };
}

/// <param name="Scheduled">Entries whose moment has not come yet.</param>
/// <param name="Due">Entries whose moment has come and that nobody has claimed.</param>
/// <param name="Claimed">Entries that a console works on.</param>
/// <param name="Retrying">Entries that are tried again later.</param>
/// <param name="Dead">Entries that nobody tries again until somebody says so.</param>
public sealed record QueueFigures(long? Scheduled, long? Due, long? Claimed, long? Retrying, long? Dead);

/// <summary>Events a second, over all live consoles.</summary>
public sealed record RateFigures(double? CancelledPerSecond, double? ClaimedPerSecond, double? FailedPerSecond, double? LockAttemptsPerSecond, double? LocksLostPerSecond);

/// <summary>From the deadline to the committed cancel over the last minute, in milliseconds; null when nothing was cancelled.</summary>
public sealed record LatenessFigures(double? P50, double? P95, double? P99);

/// <summary>Locks tried for and not got, in total since the live consoles started.</summary>
public sealed record ContentionFigures(long? Attempts, long? Lost);

/// <summary>Locks tried for and not got, for each cancelled order; null when none was.</summary>
public sealed record PerCancelledFigures(double? Attempts, double? Lost);

/// <param name="Due">How many fall due within the next two hours.</param>
/// <param name="PeakAt">The minute in which most of them do; null when none does.</param>
/// <param name="PeakDue">How many do in that minute.</param>
/// <param name="DrainPerSecond">Orders a second that are worked off while there is always more to do; null until it was measured.</param>
/// <param name="LateSeconds">How long after its deadline the latest order will be cancelled; null until the speed was measured.</param>
/// <param name="EmptyInSeconds">Until nothing due is left; null without a backlog, and when two hours do not suffice.</param>
public sealed record ForecastFigures(long Due, DateTimeOffset? PeakAt, long PeakDue, double? DrainPerSecond, double? LateSeconds, double? EmptyInSeconds);

/// <summary>When the figures that are counted were counted: a count that takes long is made less often.</summary>
public sealed record CountedAt(DateTimeOffset? ExpiredPending, DateTimeOffset? Queue, DateTimeOffset? ActiveLocks);

/// <param name="Part">orders, queue or locks.</param>
/// <param name="Store">SQLite, PostgreSQL or Redis.</param>
public sealed record StoreFigures(string Part, string Store, bool Answers);

/// <param name="PolledAt">When it last looked for due orders and got through; null when it has not.</param>
/// <param name="Processing">Whether that was lately.</param>
/// <param name="Claimed">Orders that it claimed since it started.</param>
/// <param name="Cancelled">Orders that it cancelled since it started.</param>
public sealed record NodeFigures(string Name, DateTimeOffset StartedAt, DateTimeOffset SeenAt, DateTimeOffset? PolledAt, bool Processing, long Claimed, long Cancelled);

public sealed record PauseFigures(DateTimeOffset At, string By, string Reason);

/// <param name="Code">One of <see cref="LiveProblemCodes"/>.</param>
/// <param name="Store">The store it is about, or null.</param>
/// <param name="Detail">What it is about: names, settings, times, an error; the same in every language.</param>
public sealed record LiveProblem(string Code, string? Store, string Detail);

/// <param name="Kind">scheduled, paid, cancelled, extended, paymentRecorded, reinstated, refunded or forceUnlocked.</param>
public sealed record TransitionFigures(long Id, string OrderNo, string Kind, DateTimeOffset At, string Node, string? Detail);
