namespace OrderConsole.Core.Locks.Database;

/// <summary>A lock in the orders' own database, table <c>order_locks</c>. A row whose lease has ended is free.</summary>
public sealed class LockRow
{
    public string OrderNo { get; init; } = "";
    public string Owner { get; init; } = "";
    public string Token { get; init; } = "";
    public DateTimeOffset AcquiredAt { get; init; }
    public DateTimeOffset LeaseUntil { get; init; }
    public int Renewals { get; init; }
}
