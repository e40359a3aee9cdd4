using System.Diagnostics;
using OrderConsole.Core.Data;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Redis;

/// <summary>Redis freezes, dies, restarts or was never there; nothing acts late and everything works again by itself.</summary>
public sealed class RedisOutageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_sent_to_a_frozen_server_does_nothing_when_it_thaws()
    {
        await using var redis = await BrokenRedis.StartAsync();
        await redis.ScheduleDueAsync("A-1");
        redis.Server.Freeze();
        var clock = Stopwatch.StartNew();

        var claim = Should.ThrowAsync<StoreOutcomeUnknownException>(() => redis.ClaimAsync());
        var acquire = Should.ThrowAsync<StoreOutcomeUnknownException>(
            () => redis.Locks.TryAcquireAsync(["A-1"], TimeSpan.FromMinutes(1), "me", Cancel));
        await Task.WhenAll(claim, acquire);
        clock.Elapsed.ShouldBeLessThan(BrokenRedis.CallTimeout + TimeSpan.FromSeconds(1));
        redis.Server.Thaw();

        await Eventually.HoldsAsync(async () => (await redis.Inspector.CountAsync(Cancel)).StoreNow != default, "the server answers again");
        (await redis.Inspector.CountAsync(Cancel)).Claimed.ShouldBe(0);
        (await redis.Server.Raw.SendAsync("EXISTS", "order_lock:A-1")).ShouldBe("0");
        (await redis.ClaimedAsync()).ShouldBe(["A-1"]);
    }

    [Fact]
    public async Task A_long_frozen_server_is_given_up_quickly_and_taken_back_when_it_thaws()
    {
        await using var redis = await BrokenRedis.StartAsync();
        await redis.ScheduleDueAsync("A-1");
        redis.Server.Freeze();
        await Eventually.HoldsAsync(() => !redis.Connection.Health.Reachable, "the watchdog notices");

        var clock = Stopwatch.StartNew();
        await Should.ThrowAsync<StoreUnavailableException>(() => redis.ClaimAsync());
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMilliseconds(300), "who knows that Redis is away waits for nothing");
        redis.Server.Thaw();

        await redis.WorksWithinFiveSecondsAsync("A-1");
        await Eventually.HoldsAsync(() => redis.Restored == 1, "the return is announced once");
    }

    [Fact]
    public async Task After_a_kill_and_a_restart_everything_works_within_five_seconds()
    {
        await using var redis = await BrokenRedis.StartAsync(["--appendonly", "yes", "--appendfsync", "always"]);
        await redis.ScheduleDueAsync("A-1");
        var runId = redis.Connection.Health.Server.RunId;
        redis.Server.Kill();
        await Eventually.HoldsAsync(() => !redis.Connection.Health.Reachable, "the watchdog notices");
        var clock = Stopwatch.StartNew();
        await Should.ThrowAsync<StoreUnavailableException>(() => redis.ClaimAsync());
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMilliseconds(300));

        await redis.Server.RestartAsync();

        await redis.WorksWithinFiveSecondsAsync("A-1");
        await Eventually.HoldsAsync(() => redis.Restored >= 1 && redis.Connection.Health.Reachable, "the return is announced");
        redis.Connection.Health.Server.RunId.ShouldNotBeNull().ShouldNotBe(runId);
        (redis.Log.Count("Redis is away"), redis.Log.Count("Redis is back")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_restart_too_quick_to_be_missed_is_announced_all_the_same()
    {
        await using var redis = await BrokenRedis.StartAsync();
        await redis.ScheduleDueAsync("A-1");
        await redis.Server.RestartAsync();

        await Eventually.HoldsAsync(() => redis.Restored >= 1, "an empty server is not the one we knew", TimeSpan.FromSeconds(5));
        await Eventually.HoldsAsync(async () => (await redis.ClaimAsync()).Claims.Count == 0, "it works", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_server_that_comes_later_is_found()
    {
        await using var redis = await BrokenRedis.StartAsync();
        redis.Server.Kill();
        redis.Connection.Start();
        await Should.ThrowAsync<StoreUnavailableException>(() => redis.ScheduleDueAsync("A-1"));
        redis.Connection.Health.Reachable.ShouldBeFalse();

        await redis.Server.RestartAsync();

        await Eventually.HoldsAsync(
            async () =>
            {
                await redis.ScheduleDueAsync("A-1");
                return true;
            }, "it works", TimeSpan.FromSeconds(5));
        (await redis.ClaimedAsync()).ShouldBe(["A-1"]);
    }

    [Fact]
    public async Task Locks_taken_by_a_request_whose_answer_was_lost_are_released_by_their_token()
    {
        ReplyCut? wire = null;
        await using var redis = await BrokenRedis.StartAsync(port: server => (wire = new ReplyCut(server.Port)).Port);
        await using var _ = wire!;
        await redis.ScheduleDueAsync("A-1");
        await redis.Server.Raw.SendAsync("SET", "order_lock:foreign", "somebody", "PX", "60000");
        wire!.Cut();

        await Should.ThrowAsync<StoreOutcomeUnknownException>(
            () => redis.Locks.TryAcquireAsync(["A-1", "foreign"], TimeSpan.FromMinutes(1), "me", Cancel));
        (await redis.Server.Raw.SendAsync("EXISTS", "order_lock:A-1")).ShouldBe("1", "it was executed");
        wire.Heal();

        await Eventually.HoldsAsync(async () => await redis.Server.Raw.SendAsync("EXISTS", "order_lock:A-1") == "0", "released");
        (await redis.Server.Raw.SendAsync("GET", "order_lock:foreign")).ShouldBe("somebody");
    }

    [Fact]
    public async Task A_wire_that_swallows_every_answer_is_replaced()
    {
        ReplyCut? wire = null;
        await using var redis = await BrokenRedis.StartAsync(port: server => (wire = new ReplyCut(server.Port)).Port);
        await using var _ = wire!;
        await redis.ScheduleDueAsync("A-1");
        wire!.Cut();
        await Eventually.HoldsAsync(() => !redis.Connection.Health.Reachable, "the watchdog notices");
        wire.Heal();

        await redis.WorksWithinFiveSecondsAsync("A-1");
    }

    [Fact]
    public async Task A_caller_who_does_not_want_to_wait_is_let_go()
    {
        await using var redis = await BrokenRedis.StartAsync();
        await redis.ScheduleDueAsync("A-1");
        redis.Server.Freeze();
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Should.ThrowAsync<OperationCanceledException>(
            () => redis.Queue.ClaimDueAsync(10, TimeSpan.FromMinutes(1), "me", impatient.Token));
    }
}
