using StackExchange.Redis;

namespace OrderConsole.Core.Locks.Redis;

/// <summary>The names of the locks' keys. A lock is <c>prefix + order number</c>, a plain string that any service may take.</summary>
/// <param name="foreign">What other services' lock keys begin with.</param>
public sealed class RedisLockKeys(string prefix = "order_lock:", params IReadOnlyList<string> foreign)
{
    public string Prefix { get; } = prefix;
    /// <summary>Our live locks by the end of their lease.</summary>
    public string Index { get; } = prefix.TrimEnd(':') + "s:index";
    /// <summary>When each of our live locks was taken and how often it was prolonged.</summary>
    public string Record { get; } = prefix.TrimEnd(':') + "s:record";

    public string Lock(string orderNo) => Prefix + orderNo;

    /// <summary>Every prefix that a lock may have, our own first.</summary>
    internal IReadOnlyList<string> Prefixes { get; } = [prefix, .. foreign.Where(f => f.Length > 0 && f != prefix).Distinct(StringComparer.Ordinal)];

    /// <summary>The key that a name means: an order number is our own lock, a whole key one of another service.</summary>
    internal string KeyOf(string name) => ForeignPrefixOf(name) is null ? Lock(name) : name;

    internal string? ForeignPrefixOf(string name) => Prefixes.Skip(1).FirstOrDefault(f => name.StartsWith(f, StringComparison.Ordinal));

    /// <summary>For SCAN: every lock under a prefix, with what is special in a pattern escaped.</summary>
    internal static string PatternOf(string prefix) =>
        string.Concat(prefix.Select(c => c is '*' or '?' or '[' or ']' or '\\' ? $"\\{c}" : c.ToString())) + "*";

    /// <summary>In the order that <c>lock_keys.lua</c> expects.</summary>
    internal RedisKey[] For(IEnumerable<string> orderNos) => [Index, Record, .. orderNos.Select(no => (RedisKey)Lock(no))];
}
