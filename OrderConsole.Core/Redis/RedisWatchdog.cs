using Microsoft.Extensions.Logging;
using OrderConsole.Core.Data;
using StackExchange.Redis;

namespace OrderConsole.Core.Redis;

/// <summary>
/// Keeps one working multiplexer. The client library does not notice a frozen or silently dead peer, so the watchdog asks
/// for the time every second; a connection that gives no answer twice is replaced by a new one.
/// </summary>
internal sealed partial class RedisWatchdog(
    ConfigurationOptions configuration, RedisOptions options, RedisClock clock, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const int PingsBetweenFacts = 30;

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _firstTry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private Task? _loop;
    private volatile RedisSession? _session;
    private int _missed, _pingsSinceFacts;
    private bool _everLost;

    public event Action? Restored;

    public RedisHealth Health { get; private set; } =
        new(false, time.GetUtcNow(), "not connected yet", null, null, RedisServerFacts.Unknown);

    public void Start()
    {
        lock (_gate)
        {
            if (_loop is null && !_stop.IsCancellationRequested) _loop = Task.Run(RunAsync);
        }
    }

    /// <summary>The present session. Waits for nothing but the very first try to connect.</summary>
    public async Task<RedisSession> SessionAsync(CancellationToken cancel)
    {
        if (_session is { } session) return session;
        Start();
        try
        {
            await _firstTry.Task.WaitAsync(options.CallTimeout, time, cancel);
        }
        catch (TimeoutException)
        {
            // Said below, in the caller's words.
        }
        return _session ?? throw new StoreUnavailableException(RedisFaults.Store, $"Redis is away since {Health.Since:u}: {Health.Trouble}");
    }

    /// <summary>Reads Redis' clock once more, for a caller whose deadline Redis did not believe.</summary>
    public async Task ReadClockAsync(RedisSession session, TimeSpan patience)
    {
        var sentAt = time.GetTimestamp();
        var call = session.TimeAsync();
        call.ForgetLateFault();
        clock.Observe(await call.WaitAsync(patience, time), sentAt, time.GetTimestamp());
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            // The loop must outlive every fault: nothing else would ever connect again.
            try
            {
                await TurnAsync();
            }
            catch (Exception fault)
            {
                Missed(fault);
            }
            _firstTry.TrySetResult();
            await Task.Delay(options.PingInterval, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TurnAsync()
    {
        var session = _session ?? await ConnectAsync();
        try
        {
            await PingAsync(session);
            var sentAt = time.GetTimestamp();
            await ReadClockAsync(session, PingPatience);
            var roundTrip = time.GetElapsedTime(sentAt);
            var isNew = _session is null;
            var facts = await FactsAsync(session, isNew);
            _session = session;
            _missed = 0;
            Answered(facts, roundTrip);
        }
        catch (Exception fault) when (RedisFaults.IsAnswer(fault))
        {
            // Loading or busy: the connection works, only the server does not yet.
            _session = session;
            _missed = 0;
            Away(fault.Message);
        }
        catch (Exception) when (_session is null)
        {
            session.Abandon();
            throw;
        }
    }

    // A server that is loading tells the time and refuses everything else, this too.
    private async Task PingAsync(RedisSession session)
    {
        var ping = session.Database.ExecuteAsync("PING");
        ping.ForgetLateFault();
        await ping.WaitAsync(PingPatience, time);
    }

    private async Task<RedisSession> ConnectAsync()
    {
        var connecting = RedisSession.ConnectAsync(configuration);
        try
        {
            return await connecting.WaitAsync(ConnectPatience, time, _stop.Token);
        }
        catch (Exception)
        {
            _ = connecting.ContinueWith(static late => late.Result.Abandon(), CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            connecting.ForgetLateFault();
            throw;
        }
    }

    private async Task<RedisServerFacts> FactsAsync(RedisSession session, bool isNew)
    {
        var identity = session.IdentityAsync();
        identity.ForgetLateFault();
        var (runId, role) = await identity.WaitAsync(PingPatience, time);
        var known = Health.Server;
        if (!isNew && runId == known.RunId && role == known.Role && ++_pingsSinceFacts < PingsBetweenFacts) return known;
        _pingsSinceFacts = 0;
        var facts = session.FactsAsync();
        facts.ForgetLateFault();
        return await facts.WaitAsync(PingPatience, time);
    }

    private void Missed(Exception fault)
    {
        if (_stop.IsCancellationRequested) return;
        if (_session is not null && ++_missed < options.MissedPings) return;
        _session?.Abandon();
        _session = null;
        _missed = 0;
        Away(fault is TimeoutException ? "no answer" : fault.Message.Split(',')[0]); // the library's counters follow the comma
    }

    // A ping may take as long as a call, but not so long that two missed ones are not noticed in time.
    private TimeSpan PingPatience => options.CallTimeout < MaxPingPatience ? options.CallTimeout : MaxPingPatience;
    private TimeSpan ConnectPatience => PingPatience * 2;
    private static readonly TimeSpan MaxPingPatience = TimeSpan.FromSeconds(2);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task? loop;
        lock (_gate) loop = _loop;
        if (loop is not null) await loop;
        _firstTry.TrySetResult();
        _session?.Abandon();
        _session = null;
        _stop.Dispose();
    }
}
