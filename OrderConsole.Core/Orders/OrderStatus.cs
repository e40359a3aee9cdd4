namespace OrderConsole.Core.Orders;

/// <summary>Where an order stands. The numbers are stored. Paid is final; Cancelled is left only by a reinstatement.</summary>
public enum OrderStatus
{
    Pending = 0,
    Paid = 1,
    Cancelled = 2,
}
