using OrderConsole.Core.Queue;
using OrderConsole.Core.Queue.Redis;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Queue;

public sealed class RedisQueuePageTests
{
    [Fact]
    public async Task No_page_of_a_long_queue_holds_Redis_up()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var connection = redis.Connect();
        connection.Start();
        await Eventually.HoldsAsync(() => connection.Health.Reachable, "Redis is connected");
        var (keys, later) = (new RedisQueueKeys("long"), TimeProvider.System.GetUtcNow().AddDays(1));
        await new RedisTimeoutQueue(connection, keys, TimeProvider.System)
            .ScheduleAsync([.. Enumerable.Range(1, 100_000).Select(i => new ScheduledTimeout($"L{i:D6}", later))], TestContext.Current.CancellationToken);
        var inspector = new RedisQueueInspector(connection, keys);
        await redis.Raw.SendAsync("CONFIG", "SET", "slowlog-log-slower-than", "50000");
        await redis.Raw.SendAsync("SLOWLOG", "RESET");

        foreach (var state in Enum.GetValues<QueueState>()) await inspector.PageAsync(state, 1, 200, TestContext.Current.CancellationToken);

        (await redis.Raw.SendAsync("SLOWLOG", "LEN")).ShouldBe("0");
    }
}
