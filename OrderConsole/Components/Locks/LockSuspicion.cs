using OrderConsole.Core.Locks;

namespace OrderConsole.Components.Locks;

/// <summary>Why a lock should be looked at, the worse the later.</summary>
public enum Suspect
{
    /// <summary>Nothing is wrong with it: somebody works under it.</summary>
    None,
    /// <summary>Nobody can tell who works under it, if anybody does: another program's, or one on an unknown order.</summary>
    Unclear,
    /// <summary>It should have been prolonged, and was not.</summary>
    NotRenewed,
    /// <summary>Held much longer than any work takes.</summary>
    LongHeld,
    /// <summary>The console that took it gives no sign of life.</summary>
    OwnerGone,
    /// <summary>Its order is paid or cancelled: there is nothing left to guard.</summary>
    FinalOrder,
    /// <summary>It never ends by itself.</summary>
    Leaked,
}

/// <summary>How suspicious a lock is, by the worst reason of its verdict; the worst stand first.</summary>
/// <param name="Held">Since it was first taken; null when nobody recorded that.</param>
public readonly record struct LockSuspicion(Suspect Suspect, TimeSpan? Held)
{
    public static LockSuspicion Of(LockVerdict verdict)
    {
        bool Is(LockReason reason) => verdict.Reasons.Contains(reason);
        return new(
            Is(LockReason.NeverEnds) ? Suspect.Leaked
            : Is(LockReason.OrderFinal) ? Suspect.FinalOrder
            : Is(LockReason.OwnerSilent) ? Suspect.OwnerGone
            : Is(LockReason.BeyondLongestHold) || Is(LockReason.HeldLong) ? Suspect.LongHeld
            : Is(LockReason.NotRenewed) ? Suspect.NotRenewed
            : verdict.Color == LockColor.Red ? Suspect.None
            : Suspect.Unclear,
            verdict.Held);
    }
}
