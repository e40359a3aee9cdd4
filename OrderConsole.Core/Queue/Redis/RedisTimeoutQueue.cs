using OrderConsole.Core.Redis;
using StackExchange.Redis;

namespace OrderConsole.Core.Queue.Redis;

/// <summary>The timeout queue in sorted sets. Each method is one script; the clock is Redis' own.</summary>
public sealed class RedisTimeoutQueue(RedisConnection redis, RedisQueueKeys keys, TimeProvider time) : ITimeoutQueue
{
    private static readonly RedisScript ScheduleScript = RedisScript.Load("queue_schedule");
    private static readonly RedisScript UnscheduleScript = RedisScript.Load("queue_unschedule");
    private static readonly RedisScript ClaimScript = RedisScript.Load("queue_claim_due");
    private static readonly RedisScript ExtendScript = RedisScript.Load("queue_extend");
    private static readonly RedisScript ReleaseScript = RedisScript.Load("queue_release");
    private static readonly RedisScript RecoverScript = RedisScript.Load("queue_recover");

    private readonly RedisKey[] _keys = keys.All();

    public async Task ScheduleAsync(IReadOnlyList<ScheduledTimeout> timeouts, CancellationToken cancel)
    {
        foreach (var step in timeouts.Chunk(ITimeoutQueue.MaxEntriesPerCall))
        {
            var args = new RedisValue[1 + 2 * step.Length];
            for (var i = 0; i < step.Length; i++)
                (args[1 + 2 * i], args[2 + 2 * i]) = (step[i].OrderNo, RedisMoment.Text(step[i].DueAt));
            await redis.ChangeAsync(ScheduleScript, _keys, args, cancel);
        }
    }

    public async Task UnscheduleAsync(IReadOnlyList<string> orderNos, CancellationToken cancel)
    {
        foreach (var step in orderNos.Chunk(ITimeoutQueue.MaxEntriesPerCall))
            await redis.ChangeAsync(UnscheduleScript, _keys, [default, .. step.Select(no => (RedisValue)no)], cancel);
    }

    public async Task<ClaimedBatch> ClaimDueAsync(int max, TimeSpan lease, string owner, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, ITimeoutQueue.MaxEntriesPerCall);
        var token = Guid.NewGuid().ToString("N");
        var sentAt = time.GetTimestamp();
        var answer = await redis.ChangeAsync(ClaimScript, _keys, [default, max, RedisMoment.Milliseconds(lease), token, owner], cancel);

        var parts = (RedisResult[])answer!;
        return new ClaimedBatch(
            Claims((string[])parts[2]!, token), RedisMoment.Parse((string)parts[0]!), RedisMoment.ParseOrNull((string?)parts[1]),
            Dead((string[])parts[3]!), lease, sentAt);
    }

    public async Task<IReadOnlyList<ClaimedTimeout>> ExtendAsync(
        IReadOnlyList<ClaimedTimeout> claims, TimeSpan lease, CancellationToken cancel)
    {
        var lost = new List<ClaimedTimeout>();
        foreach (var step in claims.Chunk(ITimeoutQueue.MaxEntriesPerCall))
        {
            var args = new RedisValue[2 + 2 * step.Length];
            args[1] = RedisMoment.Milliseconds(lease);
            for (var i = 0; i < step.Length; i++) (args[2 + 2 * i], args[3 + 2 * i]) = (step[i].OrderNo, step[i].Token);
            var positions = (int[])(await redis.ChangeAsync(ExtendScript, _keys, args, cancel))!;
            lost.AddRange(positions.Select(position => step[position]));
        }
        return lost;
    }

    public async Task<int> ReleaseAsync(IReadOnlyList<ClaimRelease> releases, CancellationToken cancel)
    {
        var lost = 0;
        foreach (var step in releases.Chunk(ITimeoutQueue.MaxEntriesPerCall))
        {
            var args = new List<RedisValue>(1 + 4 * step.Length) { default };
            foreach (var release in step) AddVerdict(args, release);
            lost += (int)await redis.ChangeAsync(ReleaseScript, _keys, [.. args], cancel);
        }
        return lost;
    }

    public async Task<RecoveredClaims> RecoverExpiredAsync(int max, int maxCrashes, CancellationToken cancel)
    {
        var (returned, dead) = (new List<string>(), new List<DeadTimeout>());
        for (var left = max; left > 0;)
        {
            var step = Math.Min(left, ITimeoutQueue.MaxEntriesPerCall);
            var parts = (RedisResult[])(await redis.ChangeAsync(RecoverScript, _keys, [default, step, maxCrashes], cancel))!;
            var (back, died) = ((string[])parts[0]!, Dead((string[])parts[1]!));
            returned.AddRange(back);
            dead.AddRange(died);
            if (back.Length + died.Count < step) break;
            left -= step;
        }
        return new RecoveredClaims(returned, dead);
    }

    private static void AddVerdict(List<RedisValue> args, ClaimRelease release)
    {
        var failures = release.CountsAsFailure ? 1 : 0;
        RedisValue[] rest = release.Verdict switch
        {
            ClaimVerdict.Complete => ["complete"],
            ClaimVerdict.Reschedule => ["reschedule", RedisMoment.Text(release.DueAt)],
            ClaimVerdict.Retry => ["retry", RedisMoment.Milliseconds(release.Delay), failures, Word(release.Reason), release.Detail ?? ""],
            ClaimVerdict.DeadLetter => ["bury", failures, Word(release.Reason), release.Detail ?? ""],
            _ => throw new ArgumentOutOfRangeException(nameof(release), release.Verdict, "no such verdict"),
        };
        args.Add(rest[0]);
        args.Add(release.Claim.OrderNo);
        args.Add(release.Claim.Token);
        args.AddRange(rest.AsSpan(1));
    }

    // '|' separates the parts of the stored value; reasons are words and hold none.
    private static string Word(string? reason) => (reason ?? "").Replace('|', '/');

    private static ClaimedTimeout[] Claims(string[] parts, string token)
    {
        var claims = new ClaimedTimeout[parts.Length / 3];
        for (var i = 0; i < claims.Length; i++)
        {
            var attempts = RedisAttempts.Parse(parts[3 * i + 2]);
            claims[i] = new ClaimedTimeout(
                parts[3 * i], RedisMoment.Parse(parts[3 * i + 1]), token, attempts.Failed, attempts.Crashed, attempts.Reason);
        }
        return claims;
    }

    private static List<DeadTimeout> Dead(string[] parts)
    {
        var dead = new List<DeadTimeout>(parts.Length / 3);
        for (var i = 0; i < parts.Length; i += 3) dead.Add(new DeadTimeout(parts[i], parts[i + 1], parts[i + 2]));
        return dead;
    }
}
