using Microsoft.Extensions.Logging;

namespace OrderConsole.Tests.Support;

/// <summary>Keeps what was logged, as "Warning: text".</summary>
public sealed class LogLines<T> : ILogger<T>
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> All { get { lock (_lines) return [.. _lines]; } }

    public int Count(string part) => All.Count(line => line.Contains(part, StringComparison.Ordinal));

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines) _lines.Add($"{logLevel}: {formatter(state, exception)}");
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
}
