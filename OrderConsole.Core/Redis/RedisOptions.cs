using System.ComponentModel.DataAnnotations;

namespace OrderConsole.Core.Redis;

/// <summary>How patient we are with Redis. The connection string itself is <c>ConnectionStrings:Redis</c>.</summary>
public sealed class RedisOptions
{
    public const string Section = "Redis";

    /// <summary>How long one call may take. Afterwards a script that still arrives does nothing.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the connection is asked whether it is still there.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After so many unanswered pings in a row the connection is thrown away and a new one is made.</summary>
    [Range(1, 10)]
    public int MissedPings { get; set; } = 2;
}
