namespace OrderConsole.Core.Orders;

/// <summary>
/// An order and its transitions, each with its guard. A transition only changes the object; it becomes real by the
/// conditional write on <see cref="Status"/> and <see cref="Version"/>, which are concurrency tokens.
/// </summary>
public sealed class Order
{
    private Order() { }

    public long Id { get; private set; }
    public string No { get; private set; } = "";
    public string? Customer { get; private set; }
    /// <summary>ISO 4217, three capital letters.</summary>
    public string Currency { get; private set; } = "";
    public decimal Total { get; private set; }
    public OrderStatus Status { get; private set; }
    /// <summary>Counts the changes of the row, from 1; also the fence against a writer that wakes up late.</summary>
    public long Version { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    /// <summary>The deadline: from this moment on an unpaid order is cancelled.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? PaidAt { get; private set; }
    public DateTimeOffset? CancelledAt { get; private set; }
    public string? CancelReason { get; private set; }
    public List<OrderLine> Lines { get; private set; } = [];

    public static Order Place(string no, string? customer, string currency, IEnumerable<OrderLine> lines, DateTimeOffset now, TimeSpan paymentWindow)
    {
        var order = new Order
        {
            No = no, Customer = customer, Currency = currency, Status = OrderStatus.Pending, Version = 1,
            CreatedAt = now, ExpiresAt = now + paymentWindow,
        };
        order.Lines.AddRange(lines);
        order.Total = order.Lines.Sum(l => l.Quantity * l.UnitPrice);
        return order;
    }

    /// <summary>Pending to Paid. A deadline that has passed does not matter while nobody has cancelled.</summary>
    /// <exception cref="InvalidOperationException">The order is not pending.</exception>
    public void Pay(DateTimeOffset paidAt)
    {
        RequirePending("paid");
        Status = OrderStatus.Paid;
        PaidAt = paidAt;
        Version++;
    }

    /// <summary>A later deadline for a pending order.</summary>
    /// <exception cref="InvalidOperationException">The order is not pending.</exception>
    public void Extend(TimeSpan by)
    {
        RequirePending("extended");
        ExpiresAt += by;
        Version++;
    }

    /// <summary>Cancelled to Paid, by a payment that came late; its stock must be there again.</summary>
    /// <exception cref="InvalidOperationException">The order is not cancelled.</exception>
    public void Reinstate(DateTimeOffset paidAt)
    {
        if (Status != OrderStatus.Cancelled) throw new InvalidOperationException($"Order {No} is {Status} and can not be reinstated.");
        Status = OrderStatus.Paid;
        PaidAt = paidAt;
        CancelledAt = null;
        CancelReason = null;
        Version++;
    }

    /// <summary>A holder of the order's lock that wakes up late finds another version. Its status stays.</summary>
    /// <exception cref="InvalidOperationException">The order is not pending.</exception>
    public void ForceUnlock()
    {
        RequirePending("guarded against a late commit");
        Version++;
    }

    /// <summary>Money came that pays nothing: the order is final already. Its status stays.</summary>
    public void RecordExtraPayment() => Version++;

    /// <summary>Money that paid nothing went back. Its status stays.</summary>
    public void RecordRefund() => Version++;

    /// <summary>What each SKU of the order holds or returns: its lines added up, in ascending order of SKU.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Demand() =>
        [.. Lines.GroupBy(l => l.Sku, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => KeyValuePair.Create(g.Key, g.Sum(l => (long)l.Quantity)))];

    private void RequirePending(string what)
    {
        if (Status != OrderStatus.Pending)
            throw new InvalidOperationException($"Order {No} is {Status} and can not be {what}.");
    }
}

/// <summary>One position of an order.</summary>
public sealed class OrderLine
{
    public long OrderId { get; init; }
    public int LineNo { get; init; }
    public string Sku { get; init; } = "";
    public int Quantity { get; init; }
    public decimal UnitPrice { get; init; }
}
