using System.Runtime.CompilerServices;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Redis;
using StackExchange.Redis;

namespace OrderConsole.Core.Queue.Redis;

/// <summary>The operators' view of <see cref="RedisTimeoutQueue"/>. Entries that no order can have are shown escaped.</summary>
public sealed class RedisQueueInspector(RedisConnection redis, RedisQueueKeys keys) : IQueueInspector
{
    private static readonly RedisScript CountScript = RedisScript.Load("queue_count");
    private static readonly RedisScript PageScript = RedisScript.Load("queue_page");
    private static readonly RedisScript FindScript = RedisScript.Load("queue_find");
    private static readonly RedisScript RemoveScript = RedisScript.Load("queue_remove");
    private static readonly RedisScript MissingScript = RedisScript.Load("queue_missing");
    private static readonly RedisScript RequeueableScript = RedisScript.Load("queue_requeueable");
    private static readonly RedisScript RequeueScript = RedisScript.Load("queue_requeue");
    private static readonly RedisScript HistogramScript = RedisScript.Load("queue_histogram");

    // All that is known of an entry costs several looks; a thousand at once would hold Redis up for many milliseconds.
    private const int EntriesPerLook = 100;

    private readonly RedisKey[] _keys = keys.All();

    public async Task<QueueCounts> CountAsync(CancellationToken cancel)
    {
        var parts = (string[])(await redis.QueryAsync(CountScript, _keys, [], cancel))!;
        long Number(int i) => long.Parse(parts[i], System.Globalization.CultureInfo.InvariantCulture);
        return new QueueCounts(Number(1), Number(2), Number(3), Number(4), Number(5),
            RedisMoment.ParseOrNull(parts[6]), RedisMoment.ParseOrNull(parts[7]), RedisMoment.Parse(parts[0]));
    }

    public async Task<QueuePage> PageAsync(QueueState state, int page, int pageSize, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, 200);
        RedisValue[] args = [state.ToString().ToLowerInvariant(), (page - 1L) * pageSize, pageSize];
        var parts = (RedisResult[])(await redis.QueryAsync(PageScript, _keys, args, cancel))!;
        return new QueuePage(RedisQueueRow.ParseAll((string[])parts[1]!), page, pageSize, (long)parts[0]);
    }

    public async Task<QueueEntry?> FindAsync(string orderNo, CancellationToken cancel) =>
        RedisQueueRow.ParseAll((string[])(await redis.QueryAsync(FindScript, _keys, [orderNo], cancel))!).FirstOrDefault();

    public async Task<IReadOnlyList<string>> FindMissingAsync(IReadOnlyList<string> orderNos, CancellationToken cancel)
    {
        var missing = new List<string>();
        foreach (var step in orderNos.Chunk(ITimeoutQueue.MaxEntriesPerCall))
        {
            var positions = (int[])(await redis.QueryAsync(MissingScript, _keys, [.. step.Select(no => (RedisValue)no)], cancel))!;
            missing.AddRange(positions.Select(position => step[position]));
        }
        return missing;
    }

    public async IAsyncEnumerable<IReadOnlyList<string>> WalkAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        // In this order, because an entry goes from retrying to scheduled without being claimed, never the other way.
        foreach (var source in new[] { keys.Retrying, keys.Scheduled })
        {
            var cursor = "0";
            do
            {
                var answer = (RedisResult[])(await redis.ReadAsync("ZSCAN", cancel, source, cursor, "COUNT", ITimeoutQueue.MaxEntriesPerCall))!;
                cursor = (string)answer[0]!;
                var members = (string[])answer[1]!;
                var entries = members.Where((member, i) => i % 2 == 0 && OrderNumber.IsValid(member)).ToList();
                if (entries.Count > 0) yield return entries;
            } while (cursor != "0");
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<QueuePlace>> WalkInOrderAsync(QueueState state, [EnumeratorCancellation] CancellationToken cancel)
    {
        var walk = new RedisQueueWalk(redis, keys, state);
        while (await walk.NextAsync(cancel) is { Count: > 0 } page) yield return page;
    }

    public async Task<IReadOnlyList<QueueEntry>> FindAllAsync(IReadOnlyList<string> names, CancellationToken cancel)
    {
        var found = new List<QueueEntry>();
        foreach (var step in names.Chunk(EntriesPerLook))
            found.AddRange(RedisQueueRow.ParseAll((string[])(await redis.QueryAsync(FindScript, _keys, [.. step.Select(name => (RedisValue)name)], cancel))!));
        return found;
    }

    public async Task<IReadOnlyList<string>> RemoveAsync(IReadOnlyList<string> names, CancellationToken cancel)
    {
        var removed = new List<string>();
        foreach (var step in names.Chunk(ITimeoutQueue.MaxEntriesPerCall))
        {
            var positions = (int[])(await redis.ChangeAsync(RemoveScript, _keys, [default, .. step.Select(name => (RedisValue)name)], cancel))!;
            removed.AddRange(positions.Select(position => step[position]));
        }
        return removed;
    }

    public async Task<IReadOnlyList<string>> FindRequeueableAsync(IReadOnlyList<string> orderNos, CancellationToken cancel)
    {
        var found = new List<string>();
        foreach (var step in orderNos.Where(OrderNumber.IsValid).Chunk(ITimeoutQueue.MaxEntriesPerCall))
        {
            var positions = (int[])(await redis.QueryAsync(RequeueableScript, _keys, [.. step.Select(no => (RedisValue)no)], cancel))!;
            found.AddRange(positions.Select(position => step[position]));
        }
        return found;
    }

    public async Task<IReadOnlyList<string>> RequeueAsync(IReadOnlyList<string> orderNos, CancellationToken cancel)
    {
        var requeued = new List<string>();
        // What is no order number would be a dead letter again at once.
        foreach (var step in orderNos.Where(OrderNumber.IsValid).Chunk(ITimeoutQueue.MaxEntriesPerCall))
        {
            var positions = (int[])(await redis.ChangeAsync(RequeueScript, _keys, [default, .. step.Select(no => (RedisValue)no)], cancel))!;
            requeued.AddRange(positions.Select(position => step[position]));
        }
        return requeued;
    }

    public async Task<IReadOnlyList<long>> DueHistogramAsync(DateTimeOffset from, TimeSpan bucket, int buckets, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(bucket, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buckets, ITimeoutQueue.MaxEntriesPerCall);
        RedisValue[] borders = [.. Enumerable.Range(0, buckets + 1).Select(i => (RedisValue)RedisMoment.Text(from + bucket * i))];
        return (long[])(await redis.QueryAsync(HistogramScript, _keys, borders, cancel))!;
    }
}
