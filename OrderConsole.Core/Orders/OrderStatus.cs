namespace OrderConsole.Core.Orders;

/// <summary>Where an order stands. The numbers are stored. Paid is final; Cancelled is left only by a person who reinstates the order with a payment that came late.</summary>
public enum OrderStatus
{
    Pending = 0,
    Paid = 1,
    Cancelled = 2,
}
