using StackExchange.Redis;

namespace OrderConsole.Core.Queue.Redis;

/// <summary>The names of the queue's keys. The braces keep all of them on one node of a cluster.</summary>
/// <param name="name">The sorted set that other programs ZADD to.</param>
public sealed class RedisQueueKeys(string name = "order_timeouts")
{
    public string Scheduled { get; } = name;
    public string Retrying { get; } = $"{{{name}}}:retrying";
    public string Claimed { get; } = $"{{{name}}}:claimed";
    public string Claims { get; } = $"{{{name}}}:claims";
    public string Attempts { get; } = $"{{{name}}}:attempts";
    public string Dead { get; } = $"{{{name}}}:dead";
    public string DeadInfo { get; } = $"{{{name}}}:deadinfo";

    /// <summary>In the order that <c>queue_keys.lua</c> expects.</summary>
    internal RedisKey[] All() => [Scheduled, Retrying, Claimed, Claims, Attempts, Dead, DeadInfo];
}
