using Microsoft.Extensions.Logging;

namespace OrderConsole.Tests.Support;

/// <summary>Keeps every line of log at warning and above, whoever wrote it.</summary>
public sealed class WarningLines : ILoggerProvider
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> All { get { lock (_lines) return [.. _lines]; } }

    public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName);

    public void Dispose() { }

    private sealed class Lines(WarningLines kept, string category) : ILogger
    {
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel < LogLevel.Warning) return;
            lock (kept._lines) kept._lines.Add($"{logLevel} {category}: {formatter(state, exception)} {exception?.Message}");
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    }
}
