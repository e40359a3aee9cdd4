using Microsoft.Extensions.Logging.Abstractions;
using OrderConsole.Core.Locks.Redis;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Locks;

public sealed class RedisOrderLocksTests(SharedRedis redis) : OrderLocksConformance
{
    protected override Task<LockStore> OpenAsync()
    {
        var keys = new RedisLockKeys(SharedRedis.NewName("lock") + ":");
        return Task.FromResult(new LockStore(
            new RedisOrderLocks(redis.Connection, keys, TimeProvider.System, NullLogger<RedisOrderLocks>.Instance),
            new RedisLockInspector(redis.Connection, keys, TimeProvider.System)));
    }
}
