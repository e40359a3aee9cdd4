using Microsoft.Extensions.Logging;
using OrderConsole.Core.Data;
using StackExchange.Redis;

namespace OrderConsole.Core.Locks.Redis;

// What may have been taken without our knowing is released by its token, which nobody else has.
public sealed partial class RedisOrderLocks
{
    private static readonly TimeSpan BetweenReleases = TimeSpan.FromMilliseconds(500);

    private void ReleaseLater(string[] orderNos, string token, TimeSpan lease) => _ = Task.Run(async () =>
    {
        try
        {
            await ReleaseUnknownAsync(orderNos, token, lease);
        }
        catch (Exception fault)
        {
            LogNotReleased(logger, orderNos.Length, fault);
        }
    });

    private async Task ReleaseUnknownAsync(string[] orderNos, string token, TimeSpan lease)
    {
        var startedAt = time.GetTimestamp();
        // Until its deadline the acquire may still happen, and would undo a release that overtook it.
        await Task.Delay(redis.CallTimeout, time);
        while (time.GetElapsedTime(startedAt) < lease + redis.CallTimeout)
        {
            try
            {
                var lost = 0;
                foreach (var step in orderNos.Chunk(MaxPerCall))
                {
                    RedisValue[] args = [default, .. step.SelectMany(no => new RedisValue[] { no, token })];
                    lost += (int)await redis.ChangeAsync(ReleaseScript, keys.For(step), args, CancellationToken.None);
                }
                LogReleased(logger, orderNos.Length - lost, orderNos.Length);
                return;
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(BetweenReleases, time);
            }
        }
        LogNotReleased(logger, orderNos.Length, null);
    }

    [LoggerMessage(1621, LogLevel.Information, "Released {Count} locks that an unanswered request had taken, of {Asked} it asked for")]
    private static partial void LogReleased(ILogger logger, int count, int asked);

    [LoggerMessage(1622, LogLevel.Warning, "Could not release up to {Count} locks that an unanswered request may have taken; they end with their lease")]
    private static partial void LogNotReleased(ILogger logger, int count, Exception? fault);
}
