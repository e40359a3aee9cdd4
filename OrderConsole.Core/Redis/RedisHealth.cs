namespace OrderConsole.Core.Redis;

/// <summary>What the connection knows about its server, for the health check and the console.</summary>
/// <param name="Since">Since when it has been reachable, or away.</param>
/// <param name="Trouble">Why it is not reachable, or null.</param>
/// <param name="ClockOffset">Redis' clock minus ours.</param>
public sealed record RedisHealth(
    bool Reachable, DateTimeOffset Since, string? Trouble, TimeSpan? RoundTrip, TimeSpan? ClockOffset, RedisServerFacts Server);

/// <summary>Facts about the server; null where it would not tell (an access list may forbid the question).</summary>
/// <param name="RunId">Changes with every start of the server.</param>
/// <param name="Role"><c>master</c> or <c>slave</c>.</param>
/// <param name="MaxMemoryPolicy">Anything but <c>noeviction</c> lets Redis forget entries under pressure.</param>
/// <param name="Persistent">Whether it writes an AOF or takes RDB snapshots by itself.</param>
public sealed record RedisServerFacts(string? RunId, string? Role, string? MaxMemoryPolicy, bool? Persistent)
{
    public static RedisServerFacts Unknown { get; } = new(null, null, null, null);
    public bool MayEvict => MaxMemoryPolicy is not (null or "noeviction");
}
