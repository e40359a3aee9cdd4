using System.ComponentModel.DataAnnotations;

namespace OrderConsole.Core.Timeouts;

/// <summary>Section <c>Timeouts</c>: the pace of the way that <c>CancelUnpaidOrders</c> tells.</summary>
public sealed class TimeoutOptions
{
    /// <summary>Whether this console works on due orders; false makes it a console that only shows.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many due orders one round claims, 1 to 1,000. More is faster and holds a store up for longer.</summary>
    [Range(1, 1_000)]
    public int BatchSize { get; set; } = 500;

    /// <summary>How many batches are worked on at once, 1 to 16. SQLite writes one after the other whatever stands here.</summary>
    [Range(1, 16)]
    public int Parallelism { get; set; } = 2;

    /// <summary>How long a claim and a lock last before others may take them, renewed at a third; 3 s to 10 min. A killed console's orders wait this long.</summary>
    [Range(typeof(TimeSpan), "00:00:03", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest sleep between two looks at the queue, 50 ms to 10 s; entries that other programs add are seen after it at the latest.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often claims of dead consoles are looked for, 1 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RecoverInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the queue is compared with the database, 5 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan ReconcileInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>After how many failed attempts an order becomes a dead letter, 1 to 100.</summary>
    [Range(1, 100)]
    public int MaxFailures { get; set; } = 8;

    /// <summary>After how many crashes while it was claimed an order becomes a dead letter, 1 to 100.</summary>
    [Range(1, 100)]
    public int MaxCrashes { get; set; } = 8;

    /// <summary>The wait after the first failed attempt, doubled with each further one, with jitter; 100 ms to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between attempts, 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A lock with less than this left is waited for once, 0 to 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan LockNearExpiry { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an order whose lock somebody else holds is put back, with jitter; 100 ms to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan LockHeldDelay { get; set; } = TimeSpan.FromSeconds(5);
}
