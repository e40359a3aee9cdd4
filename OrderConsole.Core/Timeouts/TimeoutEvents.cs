using Microsoft.Extensions.Logging;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Timeouts;

/// <summary>
/// The one place that hears of every transition of every timeout; log, metrics and live screens are made from it. A lost
/// race is a number and a debug line, never a warning.
/// </summary>
public sealed partial class TimeoutEvents(TimeoutMeters meters, ILogger<TimeoutEvents> logger)
{
    /// <summary>What can come out of a step, beside the step's own name.</summary>
    public static class Outcomes
    {
        public const string Done = "done";
        public const string UnknownOrder = "unknown_order";
        public const string AlreadyPaid = "already_paid";
        public const string AlreadyCancelled = "already_cancelled";
        public const string NotDue = "not_due";
        public const string LockHeld = "lock_held";
        public const string LockNearlyExpired = "lock_nearly_expired";
        public const string ChangedMeanwhile = "changed_meanwhile";
        public const string LockLost = "lock_lost";
        public const string ClaimLost = "claim_lost";
        public const string StoreUnavailable = "store_unavailable";
        public const string Failed = "failed";
        public const string Rejected = "rejected";
        public const string LeaseEnded = "lease_ended";
        public const string DeadLettered = "dead_lettered";
        public const string FoundLost = "found_lost";
    }

    /// <summary>Orders reached a step with an outcome.</summary>
    public void Publish(TimeoutStep step, string outcome, IReadOnlyCollection<TimeoutWork> orders)
    {
        if (orders.Count == 0) return;
        meters.Count(step, outcome, orders.Count);
        if (step == TimeoutStep.Cancelled && outcome == Outcomes.Done)
            foreach (var order in orders) meters.Cancelled(order.Lateness!.Value);
        CountLocks(step, outcome, orders);
        if (!logger.IsEnabled(LogLevel.Debug)) return;
        foreach (var order in orders) LogTransition(order.Claim.OrderNo, step, outcome, order.Claim.Attempt);
    }

    private void CountLocks(TimeoutStep step, string outcome, IReadOnlyCollection<TimeoutWork> orders)
    {
        switch (step, outcome)
        {
            case (TimeoutStep.Locked, Outcomes.Done): meters.Locks.Taken(orders.Select(o => o.Claim.OrderNo)); break;
            case (TimeoutStep.Locked, Outcomes.LockHeld or Outcomes.LockNearlyExpired):
                meters.Locks.Lost(orders.Select(o => o.Claim.OrderNo), outcome == Outcomes.LockNearlyExpired);
                break;
            case (TimeoutStep.Cancelled, Outcomes.Done): meters.Locks.Committed(orders.Select(o => o.Lock)); break;
            default: break;
        }
    }

    /// <summary>The same for entries that are not, or no longer, anybody's work.</summary>
    public void Publish(TimeoutStep step, string outcome, IReadOnlyCollection<string> orderNos)
    {
        if (orderNos.Count == 0) return;
        meters.Count(step, outcome, orderNos.Count);
        if (!logger.IsEnabled(LogLevel.Debug)) return;
        foreach (var orderNo in orderNos) LogTransition(orderNo, step, outcome, 0);
    }

    /// <summary>An order that nobody will try again until an operator says so.</summary>
    public void DeadLettered(TimeoutStep step, string orderNo, string reason, string? detail)
    {
        meters.Count(step, Outcomes.DeadLettered, 1);
        LogDeadLetter(LogText.OneLine(orderNo), reason, LogText.OneLine(detail ?? ""));
    }

    /// <summary>An attempt on one order ended in an error.</summary>
    public void Failed(TimeoutWork order, Exception error) => LogFailure(error, order.Claim.OrderNo, order.Claim.Attempt);

    [LoggerMessage(1, LogLevel.Debug, "Order {OrderNo} {Step}: {Outcome} (attempt {Attempt})")]
    private partial void LogTransition(string orderNo, TimeoutStep step, string outcome, int attempt);

    [LoggerMessage(2, LogLevel.Warning, "Timeout of {OrderNo} is a dead letter: {Reason}. {Detail}")]
    private partial void LogDeadLetter(string orderNo, string reason, string detail);

    [LoggerMessage(3, LogLevel.Warning, "Cancelling order {OrderNo} failed in attempt {Attempt}")]
    private partial void LogFailure(Exception error, string orderNo, int attempt);
}
