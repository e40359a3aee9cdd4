using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Telemetry;

/// <summary>Whether the processor gets on. Judged by progress, never by the state of a connection.</summary>
public sealed partial class ProcessorHealth(IOptions<TimeoutOptions> options, TimeProvider time, ILogger<ProcessorHealth> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly long _startedAt = time.GetTimestamp();
    private long _progressedAt;

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
        if (LastError is null) return;
        LastError = null;
        LogGoesOn();
    }

    /// <summary>A round did not succeed. Said once in the log, until one does again.</summary>
    public void Failed(string why)
    {
        if (LastError is null) LogHeldUp(why);
        LastError = why;
    }

    [LoggerMessage(90, LogLevel.Warning, "The processor is held up: {Why}")]
    private partial void LogHeldUp(string why);

    [LoggerMessage(91, LogLevel.Warning, "The processor goes on")]
    private partial void LogGoesOn();
}
