using System.Globalization;

namespace OrderConsole.Core.Timeouts;

/// <summary>What the order's "cancelled" event says of the way there, as JSON; from it the timeline on screen is drawn.</summary>
public static class TimelineDetail
{
    /// <summary>Times in Unix milliseconds; <c>leaseLeft</c> is what was left of the lock's lease shortly before the commit, in milliseconds.</summary>
    internal static string Of(TimeoutBatch batch, TimeoutWork work) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"due":{{work.Claim.DueAt.ToUnixTimeMilliseconds()}},"claimed":{{batch.Claimed.StoreNow.ToUnixTimeMilliseconds()}},"checked":{{batch.CheckedAt.ToUnixTimeMilliseconds()}},"locked":{{batch.LockedAt.ToUnixTimeMilliseconds()}},"attempt":{{work.Claim.Attempt}},"leaseLeft":{{(long)(work.Lock?.TimeLeft.TotalMilliseconds ?? 0)}}}""");
}
