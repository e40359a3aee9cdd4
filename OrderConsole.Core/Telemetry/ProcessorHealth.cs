using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Telemetry;

/// <summary>Whether the processor gets on. Judged by progress, never by the state of a connection.</summary>
public sealed partial class ProcessorHealth(IOptions<TimeoutOptions> options, TimeProvider time, ILogger<ProcessorHealth> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A round or two without success happen whenever a store is only just connecting.
    private static readonly TimeSpan WorthALine = TimeSpan.FromSeconds(2);

    private readonly long _startedAt = time.GetTimestamp();
    private long _progressedAt;
    private long? _troubleSince;
    private bool _said;

    /// <summary>When a round last succeeded, or null when none has yet.</summary>
    public DateTimeOffset? LastProgressAt { get; private set; }

    /// <summary>Why the last round did not, or null when it did.</summary>
    public string? LastError { get; private set; }

    /// <summary>Whether a round has succeeded within the last poll interval and 5 s; true when this console's processor is switched off.</summary>
    public bool IsProgressing =>
        !options.Value.Enabled ||
        time.GetElapsedTime(LastProgressAt is null ? _startedAt : Interlocked.Read(ref _progressedAt)) < options.Value.PollInterval + Patience;

    public void Progressed()
    {
        Interlocked.Exchange(ref _progressedAt, time.GetTimestamp());
        LastProgressAt = time.GetUtcNow();
        LastError = null;
        _troubleSince = null;
        if (!_said) return;
        _said = false;
        LogGoesOn();
    }

    /// <summary>A round did not succeed. Said once in the log when it lasts, until a round succeeds again.</summary>
    public void Failed(string why)
    {
        LastError = why;
        _troubleSince ??= time.GetTimestamp();
        if (_said || time.GetElapsedTime(_troubleSince.Value) < WorthALine) return;
        _said = true;
        LogHeldUp(why);
    }

    [LoggerMessage(90, LogLevel.Warning, "The processor is held up: {Why}")]
    private partial void LogHeldUp(string why);

    [LoggerMessage(91, LogLevel.Warning, "The processor goes on")]
    private partial void LogGoesOn();
}
