using Microsoft.Extensions.Logging;
using OrderConsole.Core.Data;
using StackExchange.Redis;

namespace OrderConsole.Core.Redis;

/// <summary>
/// The only way to Redis. The client library's asynchronous calls never time out, and a command given up here may still
/// run there much later; so every call ends by its own deadline, and what changes something is always a script that is
/// told the deadline and does nothing after it.
/// </summary>
/// <remarks>
/// Calls throw <see cref="StoreUnavailableException"/> when Redis cannot answer now, and
/// <see cref="StoreOutcomeUnknownException"/> when a change may or may not have happened.
/// </remarks>
public sealed class RedisConnection : IAsyncDisposable
{
    private readonly RedisOptions _options;
    private readonly TimeProvider _time;
    private readonly RedisClock _clock;
    private readonly RedisWatchdog _watchdog;

    public RedisConnection(string connectionString, RedisOptions options, TimeProvider time, ILogger<RedisConnection> logger)
    {
        (_options, _time, _clock) = (options, time, new RedisClock(time));
        _watchdog = new RedisWatchdog(Configured(connectionString, options), options, _clock, time, logger);
    }

    /// <summary>
    /// Redis came back, was restarted or changed its role: what it holds may be older than what the database knows.
    /// Raised on the watchdog's own loop, so a listener only takes note.
    /// </summary>
    public event Action? Restored
    {
        add => _watchdog.Restored += value;
        remove => _watchdog.Restored -= value;
    }

    public RedisHealth Health => _watchdog.Health;

    /// <summary>How long a call may take; a change that was given up has no effect later than that.</summary>
    public TimeSpan CallTimeout => _options.CallTimeout;

    /// <summary>Begins to connect. Never throws because Redis is away; calls begin by themselves.</summary>
    public void Start() => _watchdog.Start();

    /// <summary>Runs a script that changes something.</summary>
    /// <param name="args"><c>args[0]</c> is left free for the deadline (<c>ARGV[1]</c>).</param>
    public async Task<RedisResult> ChangeAsync(RedisScript script, RedisKey[] keys, RedisValue[] args, CancellationToken cancel)
    {
        var startedAt = _time.GetTimestamp();
        for (var isRepeated = false; ; isRepeated = true)
        {
            var session = await _watchdog.SessionAsync(cancel);
            args[0] = _clock.MillisecondsAt(startedAt) + (long)_options.CallTimeout.TotalMilliseconds;
            try
            {
                return await WithinAsync(() => session.Database.ScriptEvaluateAsync(script.Text, keys, args), startedAt, cancel);
            }
            catch (Exception fault) when (!isRepeated && RedisFaults.IsNoScript(fault))
            {
                // The server has forgotten its scripts; the client library has just noticed and will send it again.
            }
            catch (Exception fault) when (!isRepeated && RedisFaults.IsExpired(fault))
            {
                // Answered in time, and yet too late by Redis' clock: that clock was set forward.
                await RereadClockAsync(session, script.Name);
            }
            catch (Exception fault) when (Meaning(fault, script.Name, changes: true, cancel) is { } known)
            {
                throw known;
            }
        }
    }

    /// <summary>Runs a script that only reads.</summary>
    public async Task<RedisResult> QueryAsync(RedisScript script, RedisKey[] keys, RedisValue[] args, CancellationToken cancel)
    {
        var startedAt = _time.GetTimestamp();
        for (var isRepeated = false; ; isRepeated = true)
        {
            var session = await _watchdog.SessionAsync(cancel);
            try
            {
                return await WithinAsync(() => session.Database.ScriptEvaluateAsync(script.Text, keys, args), startedAt, cancel);
            }
            catch (Exception fault) when (!isRepeated && RedisFaults.IsNoScript(fault))
            {
            }
            catch (Exception fault) when (Meaning(fault, script.Name, changes: false, cancel) is { } known)
            {
                throw known;
            }
        }
    }

    /// <summary>Sends one command that only reads.</summary>
    public async Task<RedisResult> ReadAsync(string command, CancellationToken cancel, params object[] args)
    {
        var startedAt = _time.GetTimestamp();
        var session = await _watchdog.SessionAsync(cancel);
        try
        {
            return await WithinAsync(() => session.Database.ExecuteAsync(command, args), startedAt, cancel);
        }
        catch (Exception fault) when (Meaning(fault, command, changes: false, cancel) is { } known)
        {
            throw known;
        }
    }

    private async Task<RedisResult> WithinAsync(Func<Task<RedisResult>> send, long startedAt, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var left = _options.CallTimeout - _time.GetElapsedTime(startedAt);
        var call = send();
        call.ForgetLateFault();
        var result = await call.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, cancel);
        // The library completes answers in order on one thread; what the caller does next must not hold up other callers'.
        await Task.Yield();
        return result;
    }

    private async Task RereadClockAsync(RedisSession session, string what)
    {
        try
        {
            await _watchdog.ReadClockAsync(session, _options.CallTimeout);
        }
        catch (Exception fault) when (RedisFaults.Translate(fault, what, changes: false) is { } known)
        {
            throw known;
        }
    }

    private static StoreUnavailableException? Meaning(Exception fault, string what, bool changes, CancellationToken cancel) =>
        fault is OperationCanceledException && cancel.IsCancellationRequested ? null : RedisFaults.Translate(fault, what, changes);

    private static ConfigurationOptions Configured(string connectionString, RedisOptions options)
    {
        var configuration = ConfigurationOptions.Parse(connectionString);
        configuration.AbortOnConnectFail = false;
        configuration.ConnectRetry = 1;
        configuration.ConnectTimeout = Math.Max(1_000, (int)Math.Min(options.CallTimeout.TotalMilliseconds, 2_000));
        configuration.ClientName ??= "OrderConsole";
        return configuration;
    }

    public ValueTask DisposeAsync() => _watchdog.DisposeAsync();
}
