using System.Globalization;
using OrderConsole.Core.Queue.Redis;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Queue;

public sealed class RedisTimeoutQueueTests(SharedRedis redis) : TimeoutQueueConformance
{
    protected override Task<QueueStore> OpenAsync()
    {
        var keys = new RedisQueueKeys(SharedRedis.NewName("queue"));
        return Task.FromResult(new QueueStore(
            new RedisTimeoutQueue(redis.Connection, keys, TimeProvider.System),
            new RedisQueueInspector(redis.Connection, keys),
            (member, score) => redis.Server.Raw.SendAsync("ZADD", keys.Scheduled, score.ToString("R", CultureInfo.InvariantCulture), member)));
    }
}
