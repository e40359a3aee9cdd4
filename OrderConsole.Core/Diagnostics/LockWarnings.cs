using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Diagnostics;

/// <summary>Warnings of one kind.</summary>
/// <param name="Kind">The template of its line.</param>
/// <param name="Count">How many within the last hour.</param>
/// <param name="Lines">The last ones, newest first.</param>
public sealed record LockWarningKind(string Kind, long Count, IReadOnlyList<string> Lines);

/// <summary>
/// Listens to this console's own log and counts warnings about locks and leases, whoever writes them. Bounded: so many
/// kinds, so many lines of each, a counter a minute of the last hour.
/// </summary>
public sealed partial class LockWarnings(TimeProvider time) : ILoggerProvider
{
    private const int MostKinds = 50;
    private const int LinesKept = 3;
    private const int Minutes = 60;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Kept> _kinds = new(StringComparer.Ordinal);
    private readonly long _startedAt = time.GetTimestamp();

    public TimeSpan WatchedFor => time.GetElapsedTime(_startedAt);

    /// <summary>The kinds of the last hour, most lines first.</summary>
    public IReadOnlyList<LockWarningKind> Recent()
    {
        var minute = Minute();
        lock (_gate)
            return [.. _kinds.Select(k => new LockWarningKind(k.Key, k.Value.CountSince(minute - Minutes), [.. k.Value.Lines])).Where(k => k.Count > 0).OrderByDescending(k => k.Count)];
    }

    public ILogger CreateLogger(string categoryName) => new Listener(this, categoryName);

    public void Dispose() { }

    private long Minute() => time.GetUtcNow().ToUnixTimeSeconds() / 60;

    private void Keep(string kind, string line)
    {
        var minute = Minute();
        lock (_gate)
        {
            if (!_kinds.TryGetValue(kind, out var kept))
            {
                if (_kinds.Count >= MostKinds) return;
                _kinds[kind] = kept = new Kept();
            }
            kept.Add(minute, line);
        }
    }

    private sealed class Kept
    {
        private readonly Dictionary<long, long> _perMinute = [];

        public LinkedList<string> Lines { get; } = new();

        public void Add(long minute, string line)
        {
            _perMinute[minute] = _perMinute.GetValueOrDefault(minute) + 1;
            if (_perMinute.Count > Minutes) foreach (var old in _perMinute.Keys.Where(m => m <= minute - Minutes).ToArray()) _perMinute.Remove(old);
            Lines.AddFirst(line);
            if (Lines.Count > LinesKept) Lines.RemoveLast();
        }

        public long CountSince(long minute) => _perMinute.Where(m => m.Key > minute).Sum(m => m.Value);
    }

    private sealed class Listener(LockWarnings log, string category) : ILogger
    {
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var line = formatter(state, exception);
            var kind = (state as IReadOnlyList<KeyValuePair<string, object?>>)?.LastOrDefault(v => v.Key == "{OriginalFormat}").Value as string ?? line;
            if (AboutLocks().IsMatch(kind) || AboutLocks().IsMatch(category)) log.Keep(kind, LogText.OneLine(line));
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and not LogLevel.None;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    }

    // "The lock of", "LocksApi", "lease": not "block" or "clock", not "release".
    [GeneratedRegex("(?<![A-Za-z])([Ll]ocks?|[Ll]eases?)(?![a-z])|[a-z]Locks?(?![a-z])")]
    private static partial Regex AboutLocks();
}
