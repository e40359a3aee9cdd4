using OrderConsole.Core.Orders;

namespace OrderConsole.Core.Timeouts;

/// <summary>What the database says of an order whose timeout was claimed.</summary>
public readonly record struct OrderFacts(long OrderId, OrderStatus Status, long Version, DateTimeOffset ExpiresAt);

/// <summary>What is to be done with a claimed timeout.</summary>
public enum Eligibility
{
    GoOn,
    /// <summary>No order has this number.</summary>
    UnknownOrder,
    Paid,
    Cancelled,
    /// <summary>The order's deadline is later than the queue thought.</summary>
    NotDue,
}

/// <summary>
/// Whether a claimed timeout may cancel its order. A pure decision on facts, without stores: the place where further
/// facts (the payment side, exclusions by rule) will be weighed.
/// </summary>
public static class EligibilityPolicy
{
    /// <param name="facts">The order's row, or null when there is none.</param>
    /// <param name="storeNow">The queue's clock at the claim: the one clock by which "due" is judged.</param>
    public static Eligibility Decide(OrderFacts? facts, DateTimeOffset storeNow) => facts switch
    {
        null => Eligibility.UnknownOrder,
        { Status: OrderStatus.Paid } => Eligibility.Paid,
        { Status: OrderStatus.Cancelled } => Eligibility.Cancelled,
        { ExpiresAt: var deadline } when deadline > storeNow => Eligibility.NotDue,
        _ => Eligibility.GoOn,
    };
}
