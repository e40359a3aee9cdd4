using System.Globalization;
using System.Text;
using OrderConsole.Core.Data;
using OrderConsole.Core.Redis;
using StackExchange.Redis;

namespace OrderConsole.Core.Locks.Redis;

/// <summary>Reads what <c>lock_look.lua</c> says of locks.</summary>
internal sealed class RedisLockLook(RedisConnection redis, RedisLockKeys keys)
{
    private const int Parts = 6;
    // All that is known of a lock costs several looks; a thousand at once would hold Redis up for many milliseconds.
    private const int LocksPerLook = 200;
    private static readonly RedisScript LookScript = RedisScript.Load("lock_look");

    public Task<IReadOnlyList<SeenNow>> AtOrdersAsync(IEnumerable<string> orderNos, CancellationToken cancel) =>
        AtKeysAsync([.. orderNos.Select(no => (RedisKey)keys.Lock(no))], cancel);

    /// <param name="foreign">The prefix of the keys, where it is not our own.</param>
    public async Task<IReadOnlyList<SeenNow>> AtKeysAsync(RedisKey[] locks, CancellationToken cancel, string? foreign = null)
    {
        var prefix = Encoding.UTF8.GetByteCount(foreign ?? keys.Prefix);
        var seen = new List<SeenNow>(locks.Length);
        foreach (var step in locks.Chunk(LocksPerLook))
        {
            // Bytes, not text: a foreign key may hold anything after the prefix.
            RedisValue[] orders = [.. step.Select(key => (RedisValue)((byte[])key!)[prefix..])];
            var answer = (RedisResult[])(await redis.QueryAsync(LookScript, [keys.Index, keys.Record, .. step], orders, cancel))!;
            for (var i = 0; i < step.Length; i++)
                seen.Add(Parse((string)orders[i]!, answer.AsSpan(i * Parts, Parts), foreign));
        }
        return seen;
    }

    private static SeenNow Parse(string orderNo, ReadOnlySpan<RedisResult> parts, string? foreign)
    {
        var kind = (string)parts[0]!;
        // Our index knows the order's own lock, not another service's of the same order.
        var isIndexed = foreign is null && (string)parts[5]! == "1";
        if (foreign is not null && kind == "ours") kind = "foreign";
        if (kind == "free") return new(null, isIndexed);
        var left = (long)parts[3];
        var (acquiredAt, renewals) = RecordOf((string)parts[4]!);
        return new(new LockInfo(
            orderNo,
            kind == "ours" ? (string)parts[1]! : null,
            kind == "odd" ? null : (string)parts[2]!,
            kind == "ours" ? acquiredAt : null,
            left < 0 ? null : TimeSpan.FromMilliseconds(left),
            kind == "ours" ? renewals : 0,
            foreign), isIndexed);
    }

    // Another program may have written into the hash: then nobody knows.
    private static (DateTimeOffset? AcquiredAt, int Renewals) RecordOf(string text)
    {
        var record = text.Split('|');
        return record.Length == 2 && long.TryParse(record[0], CultureInfo.InvariantCulture, out var at) && int.TryParse(record[1], CultureInfo.InvariantCulture, out var renewals)
            ? (UnixMilliseconds.ToMoment(at), renewals)
            : (null, 0);
    }
}

/// <summary>A lock as it is at this moment, or null when it is free, and whether our index has it.</summary>
internal readonly record struct SeenNow(LockInfo? Lock, bool IsIndexed);
