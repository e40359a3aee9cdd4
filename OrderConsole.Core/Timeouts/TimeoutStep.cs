namespace OrderConsole.Core.Timeouts;

/// <summary>
/// The eight words for the way of one order's timeout. The same word stands in type names, log events, metric tags and
/// on the order's timeline on screen.
/// </summary>
public enum TimeoutStep
{
    Scheduled,
    Due,
    Claimed,
    Checked,
    Locked,
    Cancelled,
    Released,
    Shown,
}
