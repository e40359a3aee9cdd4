namespace OrderConsole.Core.Queue.Database;

/// <summary>An entry of the queue in the orders' own database, table <c>order_timeouts</c>.</summary>
public sealed class QueueRow
{
    public string OrderNo { get; init; } = "";
    public QueueRowState State { get; init; }
    /// <summary>By state: the next try, the end of the lease, or the moment of death; with <see cref="State"/> the one index of the table.</summary>
    public DateTimeOffset At { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public string? Owner { get; init; }
    public string? Token { get; init; }
    public int Failed { get; init; }
    public int Crashed { get; init; }
    public string? Reason { get; init; }
    public string? Detail { get; init; }
}

/// <summary>The numbers are stored.</summary>
public enum QueueRowState { Scheduled = 0, Retrying = 1, Claimed = 2, Dead = 3 }
