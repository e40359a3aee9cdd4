using System.Net.Http.Json;
using System.Text.Json;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Hosting;

/// <summary>What <c>/health/ready</c> says of Redis: forgetful is degraded, gone is unhealthy, back is healthy again.</summary>
public sealed class RedisHealthTests
{
    [Fact]
    public async Task Evictions_missing_persistence_and_an_absent_server_are_told_and_pass()
    {
        await using var redis = await RedisServer.StartAsync("--appendonly", "yes");
        await using var host = await ConsoleHost.StartAsync([new("Queue:Store", "Redis"), new("Locks:Store", "Redis"), new("ConnectionStrings:Redis", redis.ConnectionString), new("Redis:PingInterval", "00:00:00.200")]);
        await TellsAsync(host, "Healthy", "Answers in");

        await redis.Raw.SendAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        await TellsAsync(host, "Degraded", "maxmemory-policy allkeys-lru");

        await redis.Raw.SendAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await redis.Raw.SendAsync("CONFIG", "SET", "appendonly", "no");
        await TellsAsync(host, "Degraded", "keeps nothing over a restart");

        redis.Kill();
        await TellsAsync(host, "Unhealthy", "Away since");

        await redis.RestartAsync();
        await TellsAsync(host, "Healthy", "Answers in");
    }

    private static Task TellsAsync(ConsoleHost host, string status, string words) =>
        Eventually.HoldsAsync(async () =>
        {
            using var answer = await host.Http.GetAsync("/health/ready");
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            var check = body.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "redis");
            return check.GetProperty("status").GetString() == status && check.GetProperty("words").GetString()!.Contains(words, StringComparison.Ordinal);
        }, $"Redis is {status}: {words}", TimeSpan.FromSeconds(20));
}
