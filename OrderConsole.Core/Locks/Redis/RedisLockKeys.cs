using StackExchange.Redis;

namespace OrderConsole.Core.Locks.Redis;

/// <summary>The names of the locks' keys. A lock is <c>prefix + order number</c>, a plain string that any service may take.</summary>
public sealed class RedisLockKeys(string prefix = "order_lock:")
{
    public string Prefix { get; } = prefix;
    /// <summary>Our live locks by the end of their lease.</summary>
    public string Index { get; } = prefix.TrimEnd(':') + "s:index";
    /// <summary>When each of our live locks was taken and how often it was prolonged.</summary>
    public string Record { get; } = prefix.TrimEnd(':') + "s:record";

    public string Lock(string orderNo) => Prefix + orderNo;

    /// <summary>For SCAN: every lock, with what is special in a pattern escaped.</summary>
    internal string Pattern { get; } =
        string.Concat(prefix.Select(c => c is '*' or '?' or '[' or ']' or '\\' ? $"\\{c}" : c.ToString())) + "*";

    /// <summary>In the order that <c>lock_keys.lua</c> expects.</summary>
    internal RedisKey[] For(IEnumerable<string> orderNos) => [Index, Record, .. orderNos.Select(no => (RedisKey)Lock(no))];
}
