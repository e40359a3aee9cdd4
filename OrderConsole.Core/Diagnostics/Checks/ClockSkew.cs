using System.Globalization;
using OrderConsole.Core.Data;
using OrderConsole.Core.Redis;
using OrderConsole.Core.Telemetry;
using StackExchange.Redis;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>How far the clocks of this console, the database, Redis and the other consoles are apart.</summary>
internal sealed class ClockSkew(OrderDatabase database, TimeProvider time, RedisConnection? redis = null) : DiagnosisCheck
{
    private const string Database = "clock_database";
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1), FarApart = TimeSpan.FromSeconds(10);

    public override string Name => "clock_skew";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var clocks = new List<Clock>();
        if (!database.IsSqlite) clocks.Add(await ReadAsync(Database, database.StoreName, () => database.NowAsync(cancel)));
        if (redis is not null) clocks.Add(await ReadAsync("clock_redis", RedisFaults.Store, () => RedisNowAsync(redis, cancel)));
        var cluster = await look.ClusterAsync();
        // What a console's clock said when the database wrote its sign of life; both against this console's.
        var databaseAhead = clocks.Where(c => c.Fact == Database).Sum(c => c.Ahead.Ticks);
        clocks.AddRange(cluster.Nodes.Where(n => n.ClockAt is not null && n.Name != Node.ThisProcess.Name)
            .Select(n => new Clock("clock_node", n.Name, n.ClockAt!.Value - n.SeenAt + TimeSpan.FromTicks(databaseAhead), Apart / 2)));
        return new([.. clocks.Select(c => Fact.Span(c.Fact, c.Ahead))],
            [.. clocks.Where(c => c.Surely > Apart).Select(c => Found("clock_differs", c.Surely > FarApart ? Severity.Critical : Severity.Warning,
                Fact.Words("clock", c.Of), Fact.Span("ahead", c.Ahead)) with { Subject = c.Of, Amount = c.Surely.TotalMilliseconds })]);
    }

    private async Task<Clock> ReadAsync(string fact, string of, Func<Task<DateTimeOffset>> read)
    {
        var (before, startedAt) = (time.GetUtcNow(), time.GetTimestamp());
        var there = await read();
        var half = time.GetElapsedTime(startedAt) / 2;
        return new(fact, of, there - (before + half), half);
    }

    private static async Task<DateTimeOffset> RedisNowAsync(RedisConnection redis, CancellationToken cancel)
    {
        var parts = (string[])(RedisResult)await redis.ReadAsync("TIME", cancel)!;
        return DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture)).AddMicroseconds(long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <param name="Ahead">Of this console's clock; negative when it is behind.</param>
    /// <param name="Unsure">It may be so much less.</param>
    private readonly record struct Clock(string Fact, string Of, TimeSpan Ahead, TimeSpan Unsure)
    {
        public TimeSpan Surely => Ahead.Duration() - Unsure;
    }
}
