using OrderConsole.Core.Operations;

namespace OrderConsole.Core.Diagnostics.WhyStillHere;

/// <summary>"Why is this order still here?" as a pure decision, without stores: from a situation to the one thing that counts.</summary>
public static class WhyDecision
{
    public static Verdict Decide(Situation now) => now switch
    {
        { Order: OrderPart.NoNumber } => Verdict.NoNumber,
        { Away: AwayPart.Orders } => Verdict.OrdersAway,
        { Order: OrderPart.Unknown } => IsLeftBehind(now) ? Verdict.UnknownQueued : Verdict.Unknown,
        { Order: OrderPart.Paid, Money: MoneyPart.Undecided } => Verdict.PaidUndecided,
        { Order: OrderPart.Paid } => IsLeftBehind(now) ? Verdict.PaidQueued : Verdict.Paid,
        { Order: OrderPart.Cancelled, Money: MoneyPart.Undecided } => Verdict.CancelledUndecided,
        { Order: OrderPart.Cancelled } => IsLeftBehind(now) ? Verdict.CancelledQueued : Verdict.Cancelled,
        { Away: AwayPart.Queue } => Verdict.QueueAway,
        _ => OfPending(now),
    };

    private static Verdict OfPending(Situation now) => now.Entry switch
    {
        EntryPart.None => Verdict.Lost,
        EntryPart.NotYet => Verdict.OnItsWay,
        EntryPart.Dead => Verdict.Dead,
        EntryPart.ClaimStuck => Verdict.StuckClaim,
        EntryPart.ClaimOver => Verdict.ClaimOver,
        EntryPart.ClaimedBySilent => Verdict.ClaimedBySilent,
        EntryPart.Claimed => Verdict.BeingCancelled,
        EntryPart.WrongTime => Verdict.WrongTime,
        _ when now.Order == OrderPart.NotDue => Verdict.NotDue,
        _ => OfWaiting(now),
    };

    /// <summary>Overdue, and in the queue where it should be: what keeps everybody from taking it?</summary>
    private static Verdict OfWaiting(Situation now) => now switch
    {
        { Processing: ProcessingPart.Paused } => Verdict.Paused,
        { Processing: ProcessingPart.Nobody } => Verdict.NobodyProcesses,
        { Away: AwayPart.Locks } => Verdict.LocksAway,
        { Lock: LockPart.Leaked } => Verdict.LockLeaked,
        { Lock: LockPart.HeldBySilent } => Verdict.LockBySilent,
        { Lock: LockPart.Foreign } => Verdict.LockForeign,
        { Lock: LockPart.Held } => Verdict.LockHeld,
        { Entry: EntryPart.Retrying } => Verdict.Retrying,
        _ => Verdict.InLine,
    };

    // A claimed entry is its owner's, who finds the order final and lets go.
    private static bool IsLeftBehind(Situation now) => now.Away != AwayPart.Queue
        && now.Entry is EntryPart.Scheduled or EntryPart.WrongTime or EntryPart.Due or EntryPart.Retrying or EntryPart.Dead;

    /// <summary>The one safe next action: the name of an operator action, or null when there is nothing to do from here but wait, or to look.</summary>
    public static string? ActionOf(Verdict verdict) => verdict switch
    {
        Verdict.Lost or Verdict.WrongTime => ScheduleTimeouts.ActionName,
        Verdict.Dead or Verdict.StuckClaim or Verdict.Retrying => RequeueTimeouts.ActionName,
        Verdict.UnknownQueued or Verdict.PaidQueued or Verdict.CancelledQueued => RemoveEntries.ActionName,
        Verdict.Paused => ResumeProcessing.ActionName,
        // The clean-up would leave it alone where a living console holds it, or something that is no lock at all stands there.
        Verdict.LockLeaked => UnlockOrders.ActionName,
        _ => null,
    };

    /// <summary>What <see cref="ActionOf"/> is done to.</summary>
    public static string TargetOf(Verdict verdict, string orderNo) => verdict == Verdict.Paused ? PauseProcessing.Target : orderNo;
}
