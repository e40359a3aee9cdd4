using System.ComponentModel.DataAnnotations;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Locks;

/// <summary>Section <c>Locks</c>.</summary>
public sealed class LockOptions
{
    /// <summary><c>Database</c> (default, nothing to install) or <c>Redis</c>.</summary>
    public StoreKind Store { get; set; }

    /// <summary>How long a lock may be held at most, 1 min to 1 day; the clean-up removes one that is older, whoever renews it.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan LongestHold { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What other services' lock keys in Redis begin with, beside our own <c>order_lock:</c>; at most 16. The order number follows.</summary>
    [MaxLength(16)]
    public string[] ForeignPrefixes { get; set; } = [];
}
