using System.ComponentModel.DataAnnotations;

namespace OrderConsole.Core.Operations;

/// <summary>Section <c>Operations</c>.</summary>
public sealed class OperationOptions
{
    /// <summary>True: this console shows and changes nothing on anybody's behalf; the processor goes on.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>The most targets of one operation, 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int MaxTargets { get; set; } = 10_000;

    /// <summary>Cancelling or unlocking more targets than this at once takes a second person, 0 to 100,000; 0 is never.</summary>
    [Range(0, 100_000)]
    public int SecondPersonAbove { get; set; } = 50;

    /// <summary>Whether decisions about payments, and unlocking a paid order, take a second person.</summary>
    public bool SecondPersonOnPaidOrders { get; set; } = true;

    /// <summary>How long an operation waits for its second person, 1 minute to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan ApprovalFor { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How much one user may ask for on the pages, in actions a minute, 1 to 100,000. Programs have a limit of their own.</summary>
    [Range(1, 100_000)]
    public int ActionsPerMinute { get; set; } = 120;

    /// <summary>How long receipts are kept, 1 day to 10 years.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);
}
