using OrderConsole.Core.Data;
using OrderConsole.Core.Queue;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Redis;

/// <summary>Redis answers, but refuses: full, read-only, loading, busy. Nothing is lost and no failure is counted.</summary>
public sealed class RedisRefusalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_server_refuses_what_is_new_and_finishes_what_it_has()
    {
        await using var redis = await BrokenRedis.StartAsync();
        foreach (var orderNo in new[] { "A-1", "A-2", "A-3" }) await redis.ScheduleDueAsync(orderNo);
        await redis.Server.Raw.SendAsync("ZADD", redis.Keys.Scheduled, "1", "absurd");
        var held = (await redis.Locks.TryAcquireAsync(["A-0"], TimeSpan.FromMinutes(1), "me", Cancel)).Acquired;
        await redis.Server.Raw.SendAsync("CONFIG", "SET", "maxmemory", "1");

        (await Should.ThrowAsync<StoreUnavailableException>(() => redis.ScheduleDueAsync("A-4"))).Message.ShouldContain("OOM");
        (await Should.ThrowAsync<StoreUnavailableException>(
            () => redis.Locks.TryAcquireAsync(["A-1"], TimeSpan.FromMinutes(1), "me", Cancel))).Message.ShouldContain("OOM");
        var claims = (await redis.ClaimAsync()).Claims;
        (await redis.Queue.ReleaseAsync([
            ClaimRelease.PutBack(claims[0], TimeSpan.Zero, "store_away"), ClaimRelease.Complete(claims[1]),
            ClaimRelease.DeadLetter(claims[2], DeadLetterReasons.Failed, null)], Cancel)).ShouldBe(0);
        (await redis.Locks.ReleaseAsync(held, Cancel)).ShouldBe(0);

        await redis.Server.Raw.SendAsync("CONFIG", "SET", "maxmemory", "0");
        (await redis.ClaimedAsync()).ShouldBe(["A-1"]);
        (await redis.Inspector.CountAsync(Cancel)).Dead.ShouldBe(2);
    }

    [Fact]
    public async Task A_server_that_became_a_replica_refuses_and_its_return_is_announced()
    {
        await using var redis = await BrokenRedis.StartAsync();
        await redis.ScheduleDueAsync("A-1");
        await redis.Server.Raw.SendAsync("REPLICAOF", "127.0.0.1", "1");

        await RefusedAsync(redis, null);
        await Eventually.HoldsAsync(() => redis.Connection.Health.Server.Role == "slave", "the role is seen");
        var restored = redis.Restored;
        await redis.Server.Raw.SendAsync("REPLICAOF", "NO", "ONE");

        await redis.WorksWithinFiveSecondsAsync("A-1");
        await Eventually.HoldsAsync(() => redis.Restored > restored, "the role's change is announced");
    }

    [Fact]
    public async Task A_busy_server_refuses_and_works_again_afterwards()
    {
        await using var redis = await BrokenRedis.StartAsync(["--lua-time-limit", "20"]);
        await redis.ScheduleDueAsync("A-1");
        var stuck = Task.Run(() => redis.Server.Raw.SendAsync("EVAL", "while true do end", "0"), Cancel);
        await Eventually.HoldsAsync(async () => (await redis.Server.Raw.TryAsync("PING")).StartsWith("BUSY", StringComparison.Ordinal), "Redis is busy");

        (await Should.ThrowAsync<StoreUnavailableException>(() => redis.ClaimAsync())).Message.ShouldContain("BUSY");
        await redis.Server.Raw.SendAsync("SCRIPT", "KILL");
        await Should.ThrowAsync<InvalidOperationException>(() => stuck);

        await redis.WorksWithinFiveSecondsAsync("A-1");
    }

    [Fact]
    public async Task A_server_that_cannot_save_refuses_and_works_again_afterwards()
    {
        await using var redis = await BrokenRedis.StartAsync(["--enable-protected-configs", "yes"]);
        await redis.ScheduleDueAsync("A-1");
        await redis.Server.Raw.SendAsync("CONFIG", "SET", "save", "3600 1");
        await redis.Server.Raw.SendAsync("CONFIG", "SET", "dir", "/proc");
        await redis.Server.Raw.SendAsync("BGSAVE");
        await Eventually.HoldsAsync(
            async () => (await redis.Server.Raw.SendAsync("INFO", "persistence"))!.Contains("rdb_last_bgsave_status:err", StringComparison.Ordinal), "saving fails");

        await RefusedAsync(redis, "MISCONF");
        await redis.Server.Raw.SendAsync("CONFIG", "SET", "stop-writes-on-bgsave-error", "no");

        await WholeAsync(redis);
    }

    [Fact]
    public async Task A_loading_server_refuses_and_works_within_five_seconds_of_being_loaded()
    {
        await using var redis = await BrokenRedis.StartAsync(
            ["--save", "3600 1", "--rdbcompression", "no", "--loading-process-events-interval-bytes", "1024"]);
        await redis.ScheduleDueAsync("A-1");
        // Each key takes its time to load, so that loading can be met.
        for (var i = 0; i < 400; i++) await redis.Server.Raw.SendAsync("SET", $"ballast-{i}", new string('x', 2_000));
        await redis.Server.Raw.SendAsync("SAVE");
        redis.Server.Kill();
        var restarting = redis.Server.RestartAsync("--key-load-delay", "20000");

        // The client library hangs up on a server that is loading, so the refusal may come from either.
        await Eventually.HoldsAsync(
            () => redis.Connection.Health.Trouble?.Contains("loading", StringComparison.OrdinalIgnoreCase) == true, "Redis is seen to be loading");
        await Should.ThrowAsync<StoreUnavailableException>(() => redis.ClaimAsync());
        redis.Connection.Health.Reachable.ShouldBeFalse();
        await redis.Server.Raw.SendAsync("CONFIG", "SET", "key-load-delay", "0");
        await restarting;

        await redis.WorksWithinFiveSecondsAsync("A-1");
    }

    [Fact]
    public async Task Forgotten_scripts_are_sent_again_without_anybody_noticing()
    {
        await using var redis = await BrokenRedis.StartAsync();
        await redis.ScheduleDueAsync("A-1");
        (await redis.ClaimedAsync()).ShouldBe(["A-1"]);
        for (var i = 0; i < 5; i++)
        {
            await redis.Server.Raw.SendAsync("SCRIPT", "FLUSH");
            await redis.ScheduleDueAsync($"B-{i}");
            await redis.Server.Raw.SendAsync("SCRIPT", "FLUSH");
            (await redis.ClaimedAsync()).ShouldBe([$"B-{i}"]);
            await redis.Server.Raw.SendAsync("SCRIPT", "FLUSH");
            (await redis.Inspector.CountAsync(Cancel)).Claimed.ShouldBe(i + 2);
        }
    }

    private static async Task RefusedAsync(BrokenRedis redis, string? word)
    {
        var fault = await Should.ThrowAsync<StoreUnavailableException>(() => redis.ClaimAsync());
        fault.ShouldNotBeOfType<StoreOutcomeUnknownException>("Redis has said that it did nothing");
        if (word is not null) fault.Message.ShouldContain(word);
        (await redis.Inspector.CountAsync(Cancel)).Due.ShouldBe(1, "a refused claim took nothing out");
    }

    private static async Task WholeAsync(BrokenRedis redis)
    {
        var claim = (await redis.ClaimAsync()).Claims.ShouldHaveSingleItem();
        (claim.Attempt, claim.LastReason).ShouldBe((1, null));
        (await redis.Queue.ReleaseAsync([ClaimRelease.Complete(claim)], Cancel)).ShouldBe(0);
    }
}
