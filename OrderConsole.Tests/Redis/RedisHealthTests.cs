namespace OrderConsole.Tests.Redis;

public sealed class RedisHealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_tells_what_the_server_is_and_the_log_warns_once_of_what_it_may_forget()
    {
        await using var redis = await BrokenRedis.StartAsync(["--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru"]);
        redis.Connection.Health.Reachable.ShouldBeFalse();

        for (var i = 0; i < 20; i++) await redis.Inspector.CountAsync(Cancel);

        var health = redis.Connection.Health;
        (health.Reachable, health.Trouble, health.Server.Role).ShouldBe((true, null, "master"));
        (health.Server.MaxMemoryPolicy, health.Server.MayEvict, health.Server.Persistent).ShouldBe(("allkeys-lru", true, false));
        health.Server.RunId.ShouldNotBeNull().Length.ShouldBe(40);
        health.RoundTrip.ShouldNotBeNull().ShouldBeLessThan(TimeSpan.FromSeconds(1));
        health.ClockOffset.ShouldNotBeNull().Duration().ShouldBeLessThan(TimeSpan.FromMilliseconds(500), "it is the same clock");
        (redis.Log.Count("allkeys-lru"), redis.Log.Count("keeps nothing"), redis.Log.Count("away")).ShouldBe((1, 1, 0));
        redis.Restored.ShouldBe(0);
    }

    [Theory]
    [InlineData("--appendonly", "yes")]
    [InlineData("--save", "3600 1")]
    public async Task A_server_that_keeps_its_data_gives_no_cause_for_warnings(string setting, string value)
    {
        await using var redis = await BrokenRedis.StartAsync([setting, value]);

        await redis.Inspector.CountAsync(Cancel);

        (redis.Connection.Health.Server.Persistent, redis.Connection.Health.Server.MayEvict).ShouldBe((true, false));
        redis.Log.All.ShouldAllBe(line => !line.StartsWith("Warning"));
    }
}
