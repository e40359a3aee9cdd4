using Microsoft.Extensions.Logging;
using OrderConsole.Core.Data;
using OrderConsole.Core.Redis;
using StackExchange.Redis;

namespace OrderConsole.Core.Locks.Redis;

/// <summary>
/// Locks as plain strings with a time to live: <c>order_lock:4711 = owner|token</c>, the token 32 hexadecimal digits, taken
/// with SET NX PX. Locks that other services take the same way are respected, whatever their value.
/// </summary>
public sealed partial class RedisOrderLocks(RedisConnection redis, RedisLockKeys keys, TimeProvider time, ILogger<RedisOrderLocks> logger)
    : IOrderLocks
{
    private const int MaxPerCall = 1_000;
    private const long Taken = -3;

    private static readonly RedisScript AcquireScript = RedisScript.Load("lock_acquire");
    private static readonly RedisScript RenewScript = RedisScript.Load("lock_renew");
    private static readonly RedisScript ReleaseScript = RedisScript.Load("lock_release");

    public async Task<LockResult> TryAcquireAsync(
        IReadOnlyList<string> orderNos, TimeSpan lease, string owner, CancellationToken cancel)
    {
        LockLease.Require(lease);
        var result = new LockResult(new List<LockHandle>(orderNos.Count), new List<HeldLock>());
        try
        {
            foreach (var step in orderNos.Order(StringComparer.Ordinal).Chunk(MaxPerCall)) await AcquireStepAsync(step, lease, owner, result, cancel);
            return result;
        }
        catch (Exception) when (result.Acquired.Count > 0)
        {
            // The caller gets no handles, so nobody else would release what earlier steps have taken.
            ReleaseLater([.. result.Acquired.Select(handle => handle.OrderNo)], result.Acquired[0].Token, lease);
            throw;
        }
    }

    public async Task RenewAsync(IReadOnlyList<LockHandle> handles, TimeSpan lease, CancellationToken cancel)
    {
        LockLease.Require(lease);
        foreach (var step in handles.Chunk(MaxPerCall))
        {
            var sentAt = time.GetTimestamp();
            RedisValue[] args = [default, (long)lease.TotalMilliseconds, .. Pairs(step)];
            var answer = await redis.ChangeAsync(RenewScript, keys.For(step.Select(handle => handle.OrderNo)), args, cancel);
            var lost = ((int[])answer!).ToHashSet();
            for (var i = 0; i < step.Length; i++)
            {
                if (lost.Contains(i)) step[i].MarkLost();
                else step[i].Renewed(sentAt, lease);
            }
        }
    }

    public async Task<int> ReleaseAsync(IReadOnlyList<LockHandle> handles, CancellationToken cancel)
    {
        var lost = 0;
        foreach (var step in handles.Chunk(MaxPerCall))
        {
            RedisValue[] args = [default, .. Pairs(step)];
            lost += (int)await redis.ChangeAsync(ReleaseScript, keys.For(step.Select(handle => handle.OrderNo)), args, cancel);
        }
        return lost;
    }

    private async Task AcquireStepAsync(string[] orderNos, TimeSpan lease, string owner, LockResult result, CancellationToken cancel)
    {
        var token = result.Acquired.Count > 0 ? result.Acquired[0].Token : Guid.NewGuid().ToString("N");
        var sentAt = time.GetTimestamp();
        RedisValue[] args = [default, (long)lease.TotalMilliseconds, $"{owner}|{token}", .. orderNos.Select(no => (RedisValue)no)];
        long[] answer;
        try
        {
            answer = (long[])(await redis.ChangeAsync(AcquireScript, keys.For(orderNos), args, cancel))!;
        }
        catch (Exception fault) when (fault is StoreOutcomeUnknownException or OperationCanceledException)
        {
            ReleaseLater(orderNos, token, lease);
            throw;
        }
        for (var i = 0; i < answer.Length; i++)
        {
            if (answer[i] == Taken) ((List<LockHandle>)result.Acquired).Add(new LockHandle(orderNos[i], token, sentAt, lease, time));
            else ((List<HeldLock>)result.Held).Add(new HeldLock(orderNos[i], answer[i] < 0 ? null : TimeSpan.FromMilliseconds(answer[i])));
        }
    }

    private static IEnumerable<RedisValue> Pairs(LockHandle[] handles) =>
        handles.SelectMany(handle => new RedisValue[] { handle.OrderNo, handle.Token });
}
