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
        var answer = (RedisResult[])(await redis.ReadAsync("SCAN", cancel, cursor, "MATCH", keys.Pattern, "COUNT", KeysPerPage))!;
        var found = (RedisKey[])answer[1]!;
        var seen = found.Length == 0 ? [] : await look.AtKeysAsync(found, cancel);
        return ((string)answer[0]!, [.. seen.Where(one => one is { Lock: not null, IsIndexed: false }).Select(one => one.Lock!)]);
    }
}
