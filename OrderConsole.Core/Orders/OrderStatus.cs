namespace OrderConsole.Core.Orders;

/// <summary>Where an order stands. The numbers are stored; Paid and Cancelled are final.</summary>
public enum OrderStatus
{
    Pending = 0,
    Paid = 1,
    Cancelled = 2,
}
