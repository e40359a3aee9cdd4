using System.Globalization;
using OrderConsole.Core.Redis;

namespace OrderConsole.Core.Diagnostics;

/// <summary>What Redis says of itself (<c>INFO</c>), in one round trip.</summary>
public sealed class RedisInfo
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    private RedisInfo(string info)
    {
        foreach (var line in info.Split('\n'))
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon) _fields[line[..colon]] = line[(colon + 1)..].TrimEnd();
    }

    public string? this[string field] => _fields.GetValueOrDefault(field);

    /// <summary>Null when it does not say.</summary>
    public long? Number(string field) => long.TryParse(this[field], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static async Task<RedisInfo> ReadAsync(RedisConnection redis, CancellationToken cancel) => new((string?)await redis.ReadAsync("INFO", cancel) ?? "");
}
