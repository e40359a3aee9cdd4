using System.Runtime.CompilerServices;
using OrderConsole.Core.Redis;
using StackExchange.Redis;

namespace OrderConsole.Core.Locks.Redis;

/// <summary>
/// The operators' view of the locks in Redis: our own through the index, foreign and leaked ones through a scan. A foreign
/// value that is not plain text is shown escaped, and removed by what was shown.
/// </summary>
public sealed class RedisLockInspector : ILockInspector, IDisposable
{
    private const int PerCall = 1_000;
    private static readonly RedisScript CountScript = RedisScript.Load("lock_count");
    private static readonly RedisScript RemoveScript = RedisScript.Load("lock_remove");

    private readonly RedisConnection _redis;
    private readonly RedisLockKeys _keys;
    private readonly RedisLockLook _look;
    private readonly RedisLockScan _scan;
    private readonly ForeignLockCount _foreign;

    public RedisLockInspector(RedisConnection redis, RedisLockKeys keys, TimeProvider time)
    {
        (_redis, _keys, _look) = (redis, keys, new RedisLockLook(redis, keys));
        _scan = new RedisLockScan(redis, keys, _look);
        _foreign = new ForeignLockCount(_scan, time);
    }

    public async Task<long> CountAsync(CancellationToken cancel) =>
        (long)await _redis.QueryAsync(CountScript, _keys.For([]), [], cancel) + await _foreign.AdvanceAsync(cancel);

    // A lock of ours without an end is in no index once its lease is over: the scan meets it too.
    public Task<long> CountLeakedAsync(CancellationToken cancel) => Task.FromResult(_foreign.Leaked);

    public async IAsyncEnumerable<IReadOnlyList<LockInfo>> WalkAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var cursor = RedisLockScan.Start;
        // What is no index of ours knows no locks; the scan then meets them all.
        var isIndexed = (string)(await _redis.ReadAsync("TYPE", cancel, _keys.Index))! == "zset";
        if (isIndexed) do
        {
            var answer = (RedisResult[])(await _redis.ReadAsync("ZSCAN", cancel, _keys.Index, cursor, "COUNT", PerCall))!;
            cursor = (string)answer[0]!;
            var orderNos = ((string[])answer[1]!).Where((_, i) => i % 2 == 0);
            var seen = await _look.AtOrdersAsync(orderNos, cancel);
            yield return [.. seen.Where(one => one.Lock is not null).Select(one => one.Lock!)];
        } while (cursor != RedisLockScan.Start);

        do
        {
            (cursor, var others) = await _scan.PageAsync(cursor, cancel);
            yield return others;
        } while (cursor != RedisLockScan.Start);
    }

    public async Task<LockInfo?> FindAsync(string orderNo, CancellationToken cancel) => (await FindAsync([orderNo], cancel))[0];

    public async Task<IReadOnlyList<LockInfo?>> FindAsync(IReadOnlyList<string> names, CancellationToken cancel)
    {
        var found = new Dictionary<string, LockInfo?>(StringComparer.Ordinal);
        foreach (var group in names.Distinct(StringComparer.Ordinal).GroupBy(_keys.ForeignPrefixOf))
            foreach (var step in group.Chunk(PerCall))
            {
                var seen = await _look.AtKeysAsync([.. step.Select(name => (RedisKey)_keys.KeyOf(name))], cancel, group.Key);
                for (var i = 0; i < step.Length; i++) found[step[i]] = seen[i].Lock;
            }
        return [.. names.Select(name => found[name])];
    }

    public async Task<IReadOnlyList<LockRemoval>> RemoveAsync(IReadOnlyList<SeenLock> locks, CancellationToken cancel)
    {
        var outcomes = new List<LockRemoval>(locks.Count);
        foreach (var step in locks.Chunk(PerCall))
        {
            // Another service's lock is in no index of ours: what goes with it has no name there.
            RedisValue[] args = [default, .. step.SelectMany(seen => new RedisValue[] { _keys.ForeignPrefixOf(seen.OrderNo) is null ? seen.OrderNo : "", seen.Token })];
            RedisKey[] touched = [_keys.Index, _keys.Record, .. step.Select(seen => (RedisKey)_keys.KeyOf(seen.OrderNo))];
            var answer = (int[])(await _redis.ChangeAsync(RemoveScript, touched, args, cancel))!;
            outcomes.AddRange(answer.Select(outcome => (LockRemoval)outcome));
        }
        return outcomes;
    }

    public void Dispose() => _foreign.Dispose();
}
