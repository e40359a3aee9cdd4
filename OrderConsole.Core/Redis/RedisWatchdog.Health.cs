using Microsoft.Extensions.Logging;

namespace OrderConsole.Core.Redis;

// What the watchdog has seen, said once to the log and kept for the health check.
internal sealed partial class RedisWatchdog
{
    private void Answered(RedisServerFacts facts, TimeSpan roundTrip)
    {
        var before = Health;
        var known = before.Server;
        var restarted = known.RunId is not null && facts.RunId is not null && facts.RunId != known.RunId;
        var changedRole = known.Role is not null && facts.Role is not null && facts.Role != known.Role;

        Health = new(true, before.Reachable ? before.Since : time.GetUtcNow(), null, roundTrip, clock.Offset(), facts);

        if (!before.Reachable && _everLost) LogBack(logger, facts.RunId);
        else if (!before.Reachable) LogConnected(logger, facts.RunId);
        else if (restarted) LogRestarted(logger, facts.RunId);
        if (changedRole) LogRole(logger, facts.Role);
        if (!before.Reachable || restarted) WarnOfForgetfulness(facts);
        if ((!before.Reachable && _everLost) || restarted || changedRole) RaiseRestored();
    }

    private void Away(string trouble)
    {
        var before = Health;
        if (before.Reachable || !_everLost) LogAway(logger, trouble);
        _everLost = true;
        Health = before with { Reachable = false, Since = before.Reachable ? time.GetUtcNow() : before.Since, Trouble = trouble };
    }

    private void WarnOfForgetfulness(RedisServerFacts facts)
    {
        if (facts.MayEvict) LogMayEvict(logger, facts.MaxMemoryPolicy);
        if (facts.Persistent == false) LogNotPersistent(logger);
    }

    private void RaiseRestored()
    {
        try
        {
            Restored?.Invoke();
        }
        catch (Exception fault)
        {
            LogListenerFailed(logger, fault); // a listener's fault is not the connection's
        }
    }

    [LoggerMessage(1601, LogLevel.Information, "Connected to Redis, run {RunId}")]
    private static partial void LogConnected(ILogger logger, string? runId);

    [LoggerMessage(1602, LogLevel.Warning, "Redis is away: {Trouble}")]
    private static partial void LogAway(ILogger logger, string trouble);

    [LoggerMessage(1603, LogLevel.Warning, "Redis is back, run {RunId}")]
    private static partial void LogBack(ILogger logger, string? runId);

    [LoggerMessage(1604, LogLevel.Warning, "Redis was restarted, run {RunId}")]
    private static partial void LogRestarted(ILogger logger, string? runId);

    [LoggerMessage(1605, LogLevel.Warning, "Redis' role is now {Role}")]
    private static partial void LogRole(ILogger logger, string? role);

    [LoggerMessage(1606, LogLevel.Warning, "Redis may forget entries under memory pressure: maxmemory-policy is {Policy}, not noeviction")]
    private static partial void LogMayEvict(ILogger logger, string? policy);

    [LoggerMessage(1607, LogLevel.Warning, "Redis keeps nothing over a restart: neither AOF nor RDB snapshots are on")]
    private static partial void LogNotPersistent(ILogger logger);

    [LoggerMessage(1608, LogLevel.Error, "A listener to Redis' return failed")]
    private static partial void LogListenerFailed(ILogger logger, Exception fault);
}
