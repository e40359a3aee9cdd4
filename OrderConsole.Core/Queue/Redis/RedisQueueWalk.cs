using OrderConsole.Core.Orders;
using OrderConsole.Core.Redis;
using StackExchange.Redis;

namespace OrderConsole.Core.Queue.Redis;

/// <summary>
/// Walks over the entries of one kind in the order of their moments. Mostly a page is one ZRANGE by rank, which costs Redis a
/// fraction of a script: it begins with the last entry of the page before, and where that stands as it stood, nothing is
/// passed over. Where it does not, or a name has to be escaped, the script goes on.
/// </summary>
internal sealed class RedisQueueWalk(RedisConnection redis, RedisQueueKeys keys, QueueState state)
{
    private static readonly RedisScript NextScript = RedisScript.Load("queue_next");

    private readonly RedisKey[] _keys = keys.All();
    private readonly string _set = state switch
    {
        QueueState.Scheduled => keys.Scheduled,
        QueueState.Retrying => keys.Retrying,
        QueueState.Claimed => keys.Claimed,
        QueueState.Dead => keys.Dead,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "no kind of entries of its own"),
    };

    private (RedisValue Name, RedisValue Score, long Rank)? _last;

    /// <returns>The next page; empty at the end.</returns>
    public async Task<IReadOnlyList<QueuePlace>> NextAsync(CancellationToken cancel) => await ByRankAsync(cancel) ?? await ByScriptAsync(cancel);

    private async Task<QueuePlace[]?> ByRankAsync(CancellationToken cancel)
    {
        if (_last is not { } last) return null;
        var found = (RedisValue[])(await redis.ReadAsync("ZRANGE", cancel, _set, last.Rank, last.Rank + ITimeoutQueue.MaxEntriesPerCall, "WITHSCORES"))!;
        if (found.Length < 2 || found[0] != last.Name || found[1] != last.Score) return null;
        var page = new QueuePlace[found.Length / 2 - 1];
        for (var i = 0; i < page.Length; i++)
        {
            var name = (string?)found[2 * i + 2];
            if (!OrderNumber.IsValid(name)) return null;
            page[i] = new(name!, RedisMoment.Parse(found[2 * i + 3]!));
        }
        _last = (found[^2], found[^1], last.Rank + page.Length);
        return page;
    }

    private async Task<QueuePlace[]> ByScriptAsync(CancellationToken cancel)
    {
        RedisValue[] args = [state.ToString().ToLowerInvariant(), _last?.Name ?? "", _last?.Score ?? "", ITimeoutQueue.MaxEntriesPerCall];
        var parts = (RedisResult[])(await redis.QueryAsync(NextScript, _keys, args, cancel))!;
        var shown = (string[])parts[3]!;
        var page = new QueuePlace[shown.Length / 2];
        for (var i = 0; i < page.Length; i++) page[i] = new(shown[2 * i], RedisMoment.Parse(shown[2 * i + 1]));
        if (page.Length > 0) _last = ((RedisValue)parts[0], (RedisValue)parts[1], (long)parts[2]);
        return page;
    }
}
