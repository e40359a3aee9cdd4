namespace OrderConsole.Core.Locks;

/// <summary>Whether a lock may be removed.</summary>
public enum LockColor
{
    /// <summary>Nobody works under it: removing it is safe.</summary>
    Green,
    /// <summary>Nobody can tell, or something is odd: look first.</summary>
    Amber,
    /// <summary>Somebody works under it right now: leave it alone.</summary>
    Red,
}

/// <summary>Why a lock has its colour. The names are keys of texts.</summary>
public enum LockReason
{
    /// <summary>It never ends by itself.</summary>
    NeverEnds,
    /// <summary>Its order is paid or cancelled: there is nothing left to guard.</summary>
    OrderFinal,
    /// <summary>No order has this number.</summary>
    OrderUnknown,
    /// <summary>The console that took it gives no sign of life.</summary>
    OwnerSilent,
    /// <summary>The console that took it is alive.</summary>
    OwnerAlive,
    /// <summary>Another program took it: nobody can tell whether it is alive.</summary>
    OwnerForeign,
    /// <summary>The consoles' signs of life could not be read.</summary>
    OwnersUnread,
    /// <summary>It was prolonged a moment ago.</summary>
    Renewing,
    /// <summary>It should have been prolonged since, and was not.</summary>
    NotRenewed,
    /// <summary>It is older than any lock may become.</summary>
    BeyondLongestHold,
    /// <summary>It is held much longer than usual.</summary>
    HeldLong,
    /// <summary>Its owner is on the way to the commit.</summary>
    CommitUnderWay,
}

/// <summary>What is thought of a lock, and why.</summary>
/// <param name="Held">Since it was first taken; null when nobody recorded that.</param>
/// <param name="CanBeCleaned">The clean-up removes it.</param>
/// <param name="UsualHold">What 99 % of locks are held at most; null until enough were held.</param>
public sealed record LockVerdict(LockColor Color, IReadOnlyList<LockReason> Reasons, TimeSpan? Held, bool CanBeCleaned, TimeSpan? UsualHold = null);
