namespace OrderConsole.Core.Diagnostics.WhyStillHere;

/// <summary>What each place says of one order, reduced to what matters for the question.</summary>
public sealed record Situation(OrderPart Order, EntryPart Entry, LockPart Lock, MoneyPart Money, ProcessingPart Processing, AwayPart Away);

public enum OrderPart
{
    /// <summary>The text is no number that an order can have.</summary>
    NoNumber,
    /// <summary>No order has this number.</summary>
    Unknown,
    /// <summary>Pending, its deadline lies ahead.</summary>
    NotDue,
    /// <summary>Pending, its deadline has passed.</summary>
    Overdue,
    Paid,
    Cancelled,
}

public enum EntryPart
{
    /// <summary>The queue does not know it.</summary>
    None,
    /// <summary>The queue does not know it, and the order was placed only just now.</summary>
    NotYet,
    /// <summary>It waits for its moment, which is the order's deadline.</summary>
    Scheduled,
    /// <summary>It waits for another moment than the order's deadline.</summary>
    WrongTime,
    /// <summary>Its moment has come, nobody has taken it yet.</summary>
    Due,
    /// <summary>It was put back and waits for its next try.</summary>
    Retrying,
    /// <summary>A console that is alive works on it.</summary>
    Claimed,
    /// <summary>The console that took it shows no sign of life; its lease still runs.</summary>
    ClaimedBySilent,
    /// <summary>The lease of whoever took it is over.</summary>
    ClaimOver,
    /// <summary>The lease of whoever took it is long over.</summary>
    ClaimStuck,
    /// <summary>Nobody tries it any more until somebody says so.</summary>
    Dead,
}

public enum LockPart
{
    Free,
    /// <summary>A console that is alive holds it.</summary>
    Held,
    /// <summary>The console that took it shows no sign of life.</summary>
    HeldBySilent,
    /// <summary>Another program holds it, for a limited time.</summary>
    Foreign,
    /// <summary>It never ends by itself.</summary>
    Leaked,
}

public enum MoneyPart
{
    /// <summary>No payment that a person has to decide about.</summary>
    Settled,
    /// <summary>Money came too late or twice, and nobody has decided about it.</summary>
    Undecided,
}

public enum ProcessingPart
{
    Running,
    /// <summary>Somebody has paused it.</summary>
    Paused,
    /// <summary>No console that is alive looks for due orders.</summary>
    Nobody,
}

public enum AwayPart
{
    None,
    /// <summary>The orders' database does not answer.</summary>
    Orders,
    /// <summary>The queue's store does not answer.</summary>
    Queue,
    /// <summary>The locks' store does not answer.</summary>
    Locks,
}
