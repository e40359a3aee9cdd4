using System.Globalization;
using OrderConsole.Core.Redis;
using StackExchange.Redis;

namespace OrderConsole.Core.Locks.Redis;

/// <summary>Finds the locks that our index does not have: foreign ones, and ours whose trace was lost.</summary>
internal sealed class RedisLockScan(RedisConnection redis, RedisLockKeys keys, RedisLockLook look)
{
    public const string Start = "0";
    // The client's usual ten would take a round trip for every ten keys of the whole database.
    private const int KeysPerPage = 1_000;

    /// <summary>One page; the round is over when its cursor is <see cref="Start"/> again.</summary>
    public async Task<(string Cursor, IReadOnlyList<LockInfo> Locks)> PageAsync(string cursor, CancellationToken cancel)
    {
        // One round a prefix, one after the other: "1/4711" is cursor 4711 of the second one.
        var at = cursor.IndexOf('/', StringComparison.Ordinal);
        var nth = at < 0 ? 0 : int.Parse(cursor.AsSpan(0, at), CultureInfo.InvariantCulture);
        var prefix = keys.Prefixes[nth];
        var answer = (RedisResult[])(await redis.ReadAsync("SCAN", cancel, cursor[(at + 1)..], "MATCH", RedisLockKeys.PatternOf(prefix), "COUNT", KeysPerPage))!;
        var found = (RedisKey[])answer[1]!;
        var seen = found.Length == 0 ? [] : await look.AtKeysAsync(found, cancel, nth == 0 ? null : prefix);
        var next = (string)answer[0]! != Start ? $"{nth}/{answer[0]}" : nth + 1 < keys.Prefixes.Count ? $"{nth + 1}/{Start}" : Start;
        return (next, [.. seen.Where(one => one is { Lock: not null, IsIndexed: false }).Select(one => one.Lock!)]);
    }
}
