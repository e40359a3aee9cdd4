using Microsoft.Extensions.Logging.Abstractions;
using OrderConsole.Core.Locks.Redis;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Queue.Redis;
using OrderConsole.Core.Redis;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Redis;

/// <summary>A server that a test may break, and a queue and locks on it with little patience.</summary>
public sealed class BrokenRedis : IAsyncDisposable
{
    public static readonly TimeSpan CallTimeout = TimeSpan.FromMilliseconds(700);

    private BrokenRedis(RedisServer server, int? port)
    {
        Server = server;
        Connection = new RedisConnection(
            $"127.0.0.1:{port ?? server.Port}",
            new RedisOptions { CallTimeout = CallTimeout, PingInterval = TimeSpan.FromMilliseconds(250) }, TimeProvider.System, Log);
        Queue = new RedisTimeoutQueue(Connection, Keys, TimeProvider.System);
        Inspector = new RedisQueueInspector(Connection, Keys);
        Locks = new RedisOrderLocks(Connection, LockKeys, TimeProvider.System, NullLogger<RedisOrderLocks>.Instance);
        Connection.Restored += () => Interlocked.Increment(ref _restored);
    }

    private int _restored;

    public RedisServer Server { get; }
    public LogLines<RedisConnection> Log { get; } = new();
    public RedisConnection Connection { get; }
    public RedisQueueKeys Keys { get; } = new();
    public RedisLockKeys LockKeys { get; } = new();
    public RedisTimeoutQueue Queue { get; }
    public RedisQueueInspector Inspector { get; }
    public RedisOrderLocks Locks { get; }
    public int Restored => Volatile.Read(ref _restored);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="port">Where to connect to, when it is not the server itself.</param>
    public static async Task<BrokenRedis> StartAsync(string[]? settings = null, Func<RedisServer, int>? port = null)
    {
        var server = await RedisServer.StartAsync(settings ?? []);
        return new BrokenRedis(server, port?.Invoke(server));
    }

    public Task ScheduleDueAsync(string orderNo) =>
        Queue.ScheduleAsync([new(orderNo, TimeProvider.System.GetUtcNow().AddMinutes(-1))], Cancel);

    public Task<ClaimedBatch> ClaimAsync() => Queue.ClaimDueAsync(10, TimeSpan.FromMinutes(1), "me", Cancel);

    public async Task<string[]> ClaimedAsync() => [.. (await ClaimAsync()).Claims.Select(claim => claim.OrderNo)];

    /// <summary>The order that is due is claimed, at the latest five seconds from now.</summary>
    public Task WorksWithinFiveSecondsAsync(string orderNo) => Eventually.HoldsAsync(
        async () => (await ClaimedAsync()).Contains(orderNo), $"{orderNo} is claimed", TimeSpan.FromSeconds(5));

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await Server.DisposeAsync();
    }
}
