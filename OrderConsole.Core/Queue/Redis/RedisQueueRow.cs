namespace OrderConsole.Core.Queue.Redis;

/// <summary>Turns what <c>queue_rows.lua</c> answers into entries.</summary>
internal static class RedisQueueRow
{
    private const int Parts = 8;

    public static List<QueueEntry> ParseAll(string[] parts)
    {
        var entries = new List<QueueEntry>(parts.Length / Parts);
        for (var i = 0; i < parts.Length; i += Parts) entries.Add(Parse(parts.AsSpan(i, Parts)));
        return entries;
    }

    private static QueueEntry Parse(ReadOnlySpan<string> row)
    {
        var state = Enum.Parse<QueueState>(row[1], ignoreCase: true);
        var attempts = RedisAttempts.Parse(row[3]);
        string? owner = null;
        DateTimeOffset? leaseUntil = null, deadAt = null;
        var due = row[2];
        if (state == QueueState.Claimed)
        {
            var claim = row[4].Split('|', 3); // token|due|owner
            if (claim.Length == 3) (due, owner) = (claim[1], claim[2]);
            leaseUntil = RedisMoment.ParseOrNull(row[5]);
        }
        else if (state == QueueState.Dead)
        {
            var separator = row[6].IndexOf('|', StringComparison.Ordinal); // due|failed|crashed|reason|detail
            if (separator >= 0) (due, attempts) = (row[6][..separator], RedisAttempts.Parse(row[6][(separator + 1)..]));
            deadAt = RedisMoment.ParseOrNull(row[7]);
        }
        return new QueueEntry(row[0], state, RedisMoment.Parse(due), attempts.Failed, attempts.Crashed,
            owner, leaseUntil, attempts.Reason, attempts.Detail, deadAt);
    }
}
