using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Components.Locks;

/// <summary>Why a lock should be looked at, the worse the later.</summary>
public enum Suspect
{
    /// <summary>Nothing is wrong with it.</summary>
    None,
    /// <summary>Held much longer than any work takes.</summary>
    LongHeld,
    /// <summary>The console that took it gives no sign of life.</summary>
    OwnerGone,
    /// <summary>Its order is paid or cancelled: there is nothing left to guard.</summary>
    FinalOrder,
    /// <summary>It never ends by itself.</summary>
    Leaked,
}

/// <summary>How suspicious a lock is; the worst stand first.</summary>
/// <param name="Held">Since it was first taken; null when nobody recorded that.</param>
public readonly record struct LockSuspicion(Suspect Suspect, TimeSpan? Held)
{
    /// <summary>Between its cancel and the release of its lock every order is final for a moment; that is no suspicion.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <param name="order">Null when no order has this number.</param>
    /// <param name="alive">The names of the consoles that are alive; null when nobody knows.</param>
    /// <param name="lease">How long a lock lasts without renewal; held for more than twice that is long.</param>
    public static LockSuspicion Of(LockInfo held, OrderFacts? order, IReadOnlySet<string>? alive, TimeSpan lease, DateTimeOffset now)
    {
        var age = now - held.AcquiredAt;
        var suspect = held.IsLeaked ? Suspect.Leaked
            : order is { Status: not OrderStatus.Pending } && (age is null || age >= Settling) ? Suspect.FinalOrder
            : held.Owner is { } owner && alive?.Contains(owner) == false ? Suspect.OwnerGone
            : age > lease * 2 ? Suspect.LongHeld
            : Suspect.None;
        return new(suspect, age);
    }
}
